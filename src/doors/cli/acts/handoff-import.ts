import type { Workspace } from '../../../compose.ts';
import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { assertPlaces } from '../../../exchange/status/check-places.ts';
import { importSent } from '../../../exchange/handoff/import-sent.ts';
import { reasonOf, textOf } from '../invocation.ts';
import { triedProof } from './tried-proof.ts';
import { momentOf } from '../moment.ts';
import { importedDocument } from '../outputs/imported.ts';
import { placeLines } from '../screens/doctor-screen.ts';
import { importedScreen } from '../screens/imported-screen.ts';
import type { Shell } from '../shell.ts';
import { readSources } from '../source-arguments.ts';
import type { SourceOptions } from '../source-arguments.ts';
import { byCharactersMax, evidenceAt, usage } from './told-options.ts';

/** As commander hands them over. */
export interface ImportOptions extends Omit<SourceOptions, 'source' | 'kind'> {
  readonly incident: string;
  readonly recipient: string;
  readonly source: string;
  readonly sentAt: string;
  readonly channel: string;
  readonly by: string;
  readonly evidence: string;
  readonly acceptHeld?: readonly string[];
}

/** `handoff import-sent` in an open workspace. */
export async function importList(
  shell: Shell,
  workspace: Workspace,
  options: ImportOptions,
): Promise<void> {
  const channel = wordChannels.find((word) => word === options.channel);
  const by = textOf('--by', options.by);
  if (channel === undefined) throw usage('--channel', wordChannels.join(', '));
  if (by === undefined || by.length > byCharactersMax) {
    throw usage('--by', `who sent it, in at most ${byCharactersMax} characters`);
  }
  const { recipients } = await workspace.configuration.load();
  if (!recipients.some(({ id }) => id === options.recipient)) {
    throw usage('--recipient', recipients.map(({ id }) => id).join(', '));
  }
  const { incident } = await workspace.incidents.get(options.incident);
  const sentAt = momentOf('--sent-at', options.sentAt, incident.time_zone);
  const proof = await triedProof(shell.options, workspace);
  const [source] = await readSources(
    { ...options, source: [options.source], kind: 'recovered' },
    workspace.sourceSpecs,
  );
  shell.nameSources([source!.name]);
  const { incident: id } = options;
  const asked = { incident: id, officer: shell.options.as, sources: [source!] };
  const places = await assertPlaces(workspace, asked);
  const evidence = await evidenceAt(workspace, options.evidence);
  const imported = await importSent(workspace, {
    ...{ incident: options.incident, recipient: options.recipient, officer: shell.options.as },
    ...{ source: source!, acceptHeld: options.acceptHeld ?? [], sentAt, channel, by, evidence },
    ...{ reason: reasonOf(shell.options), signal: shell.signal },
  });
  const isRequested = proof !== undefined && imported.result.batches.length > 0;
  if (isRequested) {
    const { requestHandoff } = await import('../../../exchange/handoff/request-handoff.ts');
    const { handoff } = imported;
    await requestHandoff(workspace, { handoff, officer: shell.options.as, proof });
  }
  shell.print(placeLines(places, shell));
  shell.print(importedScreen(imported, isRequested, shell));
  shell.document(importedDocument(imported));
}
