import type { Command } from 'commander';

import { acceptableReasons } from '../../../domain/intake/reasons.ts';
import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { certificateDates } from '../../../exchange/certificate-dates.ts';
import { prepareHandoff } from '../../../exchange/prepare-handoff.ts';
import { requestHandoff } from '../../../exchange/request-handoff.ts';
import { officerProof, reasonOf } from '../invocation.ts';
import { collect, pairs } from '../option-values.ts';
import { prepareDocument } from '../outputs/prepare.ts';
import { ProgressLine } from '../progress-line.ts';
import { prepareScreen } from '../screens/prepare-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { readSources } from '../source-arguments.ts';
import type { SourceOptions } from '../source-arguments.ts';

interface PrepareOptions extends SourceOptions {
  readonly incident: string;
  readonly acceptHeld?: readonly string[];
  readonly dryRun?: boolean;
}

/** `handoff prepare`: sources in, sealed files and a plan that waits for its decision out. */
export function registerHandoffPrepare(group: Command, shellOf: () => Shell): void {
  group
    .command('prepare')
    .description('read sources, seal one file per recipient, and ask for approval')
    .requiredOption('--incident <id>', 'the incident this is about')
    .requiredOption(
      '--source <file[=spec]>',
      'a source; - is standard input; repeat for several',
      collect,
    )
    .option('--kind <kind>', 'orders, or recovered (a list by a PFI or processor)')
    .option('--format <format>', 'auto, delimited or lines (one number per line)')
    .option('--encoding <name>', 'auto, utf-8, utf-16le, utf-16be, shift_jis or euc-jp')
    .option(
      '--columns <map>',
      'pan=…,expiry=…,ordered_at=…,channel=…,reference=… by name or #n',
      pairs,
    )
    .option('--channel <name>', 'channel of every record of the source')
    .option(
      '--ignore-column <column>',
      'never read this column; by name or #n; repeatable',
      collect,
    )
    .option('--not-sensitive <column>', 'this column is no security code; needs --reason', collect)
    .option(
      '--accept-held <reason>',
      `let held records through (${acceptableReasons.join(', ')}); needs --reason`,
      collect,
    )
    .option('--dry-run', 'read and count everything, store and write nothing')
    .addHelpText('after', examples)
    .action(async (options: PrepareOptions) => {
      await prepare(shellOf(), options);
    });
}

const examples = `
Examples:
  mimamori handoff prepare --incident shop-a-2020 --source orders.csv --as officer-1 --dry-run
  mimamori handoff prepare --incident shop-a-2020 --source orders.csv=shop-a \\
    --source pfi.csv.pgp=pfi --as officer-1 --officer-key officer-1.asc

A spec is a TOML file, or the name of one in config/sources. Nothing leaves this machine before
someone other than the requester approves.`;

async function prepare(shell: Shell, options: PrepareOptions): Promise<void> {
  assertReasons(shell, options);
  const startedAt = performance.now();
  const progress = new ProgressLine(shell.sink, shell.language);
  await withWorkspace(shell, async (workspace) => {
    const { inputs, passphrases } = workspace;
    const proof = options.dryRun
      ? undefined
      : await officerProof(shell.options, inputs, passphrases);
    const sources = await readSources(options, workspace.tables, workspace.folder.root);
    shell.nameSources(sources.map(({ name }) => name));
    const prepared = await prepareHandoff(workspace, {
      incident: options.incident,
      officer: shell.options.as,
      sources,
      acceptHeld: options.acceptHeld ?? [],
      reason: reasonOf(shell.options),
      dryRun: options.dryRun ?? false,
      signal: shell.signal,
      onProgress: (phase, done, total, records) => {
        progress.report({ phase, done, total, count: records });
      },
    }).finally(() => {
      progress.end();
    });
    const isRequested = proof !== undefined && prepared.result.batches.length > 0;
    if (isRequested) {
      await requestHandoff(workspace, {
        handoff: prepared.handoff,
        officer: shell.options.as,
        proof,
      });
    }
    const { recipients } = await workspace.configuration.load();
    const certificates = await sealedTo(workspace);
    const elapsedMs = performance.now() - startedAt;
    shell.print(
      prepareScreen({ prepared, recipients, certificates, isRequested, elapsedMs }, shell),
    );
    shell.document(prepareDocument(prepared));
  });
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

/** A decision about held records or a false alarm is part of the plan, and nobody decides without saying why. */
function assertReasons(shell: Shell, options: PrepareOptions): void {
  const unknown = (options.acceptHeld ?? []).find(
    (reason) => !acceptableReasons.some((known) => known === reason),
  );
  if (unknown !== undefined) {
    throw new WorkspaceFault('usage', {
      option: '--accept-held',
      expected: acceptableReasons.join(', '),
    });
  }
  const decides = (options.acceptHeld?.length ?? 0) + (options.notSensitive?.length ?? 0) > 0;
  if (decides && reasonOf(shell.options) === undefined) {
    throw new DecisionFault('reason-required', { act: 'prepare' });
  }
}
