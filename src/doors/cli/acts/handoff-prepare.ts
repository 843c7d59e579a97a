import type { Workspace } from '../../../compose.ts';
import type { Stage } from '../../../domain/handoff/stage.ts';
import { assertPlaces } from '../../../exchange/status/check-places.ts';
import { certificateDates } from '../../../exchange/keys/certificate-dates.ts';
import { withBrought } from '../../../exchange/arrivals/brought-sources.ts';
import { prepareHandoff } from '../../../exchange/handoff/prepare-handoff.ts';
import type { Prepared } from '../../../exchange/handoff/prepare-handoff.ts';
import { reasonOf } from '../invocation.ts';
import { triedProof } from './tried-proof.ts';
import { prepareDocument } from '../outputs/prepare.ts';
import { ProgressLine } from '../progress-line.ts';
import { placeLines } from '../screens/doctor-screen.ts';
import { prepareScreen } from '../screens/prepare-screen.ts';
import type { Shell } from '../shell.ts';
import { readSources } from '../source-arguments.ts';
import type { SourceOptions } from '../source-arguments.ts';

/** As commander hands them over. */
export interface PrepareOptions extends SourceOptions {
  readonly incident: string;
  readonly acceptHeld?: readonly string[];
  readonly acceptUnsigned?: boolean;
  readonly acceptAbsent?: boolean;
  readonly requestWaiver?: boolean;
  readonly stage?: Stage;
  readonly dryRun?: boolean;
  readonly preview?: boolean;
  readonly jobs?: number;
}

/** `handoff prepare` in an open workspace. `startedAt` is when the command began, in milliseconds. */
export async function prepare(
  shell: Shell,
  workspace: Workspace,
  options: PrepareOptions,
  startedAt: number,
): Promise<Prepared> {
  const progress = new ProgressLine(shell.sink, shell.language);
  const proof = options.dryRun ? undefined : await triedProof(shell.options, workspace);
  const named = await readSources(options, workspace.sourceSpecs);
  const sources = await withBrought(workspace, named);
  shell.nameSources(sources.map(({ name }) => name));
  const { incident } = options;
  const places = await assertPlaces(workspace, { incident, officer: shell.options.as, sources });
  const prepared = await prepareHandoff(workspace, {
    incident: options.incident,
    officer: shell.options.as,
    sources,
    acceptHeld: options.acceptHeld ?? [],
    stage: options.stage,
    ...(options.acceptUnsigned === undefined ? {} : { acceptUnsigned: options.acceptUnsigned }),
    ...(options.acceptAbsent === undefined ? {} : { acceptAbsent: options.acceptAbsent }),
    requestsWaiver: options.requestWaiver ?? false,
    reason: reasonOf(shell.options),
    dryRun: options.dryRun ?? false,
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    signal: shell.signal,
    onProgress: (phase, done, total, records) => {
      progress.report({ phase, done, total, count: records });
    },
  }).finally(() => {
    progress.end();
  });
  const isRequested = proof !== undefined && prepared.result.batches.length > 0;
  if (isRequested) {
    const { requestHandoff } = await import('../../../exchange/handoff/request-handoff.ts');
    const { handoff } = prepared;
    await requestHandoff(workspace, { handoff, officer: shell.options.as, proof });
  }
  shell.print(placeLines(places, shell));
  if (!shell.isJson) await show(shell, workspace, { prepared, isRequested, startedAt });
  shell.document(prepareDocument(prepared, places));
  return prepared;
}

async function show(
  shell: Shell,
  workspace: Workspace,
  told: {
    readonly prepared: Prepared;
    readonly isRequested: boolean;
    readonly startedAt: number;
  },
): Promise<void> {
  const { prepared, isRequested, startedAt } = told;
  const { recipients } = await workspace.configuration.load();
  const certificates = await sealedTo(workspace);
  const elapsedMs = performance.now() - startedAt;
  shell.print(prepareScreen({ prepared, recipients, certificates, isRequested, elapsedMs }, shell));
}

/** What the screen says about the certificate each file is sealed to. */
async function sealedTo(
  workspace: Parameters<typeof certificateDates>[0],
): Promise<Record<string, { algorithm: string; endsOn: string | undefined }>> {
  const dates = await certificateDates(workspace);
  return Object.fromEntries(
    dates
      .filter(({ kind }) => kind === 'recipient')
      .map(({ id, algorithm, expiresAt }) => [
        id,
        { algorithm, endsOn: expiresAt?.toISOString().slice(0, 10) },
      ]),
  );
}
