import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Profiles } from '../configuration/profiles.ts';
import { finalName } from '../delivery/final-name.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { routedRecipient } from '../handoff/job-recipients.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import { removeUnknownFiles, sweepAbandoned } from '../handoff/sweep-abandoned.ts';
import type { Amendments } from '../incident/amendments.ts';
import type { IncidentRegister, IncidentRow } from '../incident/incident-register.ts';
import type { Certificates } from '../keys/certificates.ts';
import { openpgpKeyFiles } from '../keys/own-keys.ts';
import type { OurKeyFile, OwnKeys } from '../keys/own-keys.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import { enabledRecipient } from '../recipients/send-recipient-test.ts';
import type { Ids } from '../workspace/ids.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { WordRegister } from '../delivery/word-register.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { assertReadable } from './assert-readable.ts';
import { chooseRecalled } from './choose-recalled.ts';
import type { RecallWish } from './choose-recalled.ts';
import { composeRecall } from './compose-recall.ts';
import type { PlannedRecallFiles } from './compose-recall.ts';
import { countRecalled } from './count-recalled.ts';
import type { RecallRoom, RecallToSend } from './recall-room.ts';
import type { RecallOrder, RecallSealer, SealedRecall } from './recall-sealer.ts';

export interface RecallPorts extends ConfigurationProofPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly handoffs: HandoffRegister;
  readonly amendments: Amendments;
  readonly cardAnswers: CardAnswersRead;
  readonly words: WordRegister;
  readonly folder: WorkspaceFolder;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  readonly cardProcess: RecallSealer;
  readonly passphrases: PassphraseSource;
  readonly ids: Ids;
}

export interface RecallRequest {
  readonly incident: string;
  readonly officer: string | undefined;
  readonly wish: RecallWish;
  readonly reason: string | undefined;
  /** Only say what would be recalled. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
}

/** What came of it. With `dryRun` nothing was stored, no file was written and `made` is absent. */
export interface Recalled {
  readonly handoff: string;
  readonly incident: IncidentRow['incident'];
  readonly mode: 'drill' | 'live';
  readonly requester: string;
  readonly basis: RecallWish['basis'];
  readonly files: readonly RecallToSend[];
  readonly made?: PlannedRecallFiles;
}

/** A recall that shows no sign of life for so long is taken for dead and swept. */
const leaseMs = 10 * 60_000;

/**
 * Makes a recall: a handoff whose batches are recall files, one for each file of which cards are recalled. It names cards
 * by record reference; no card is read and no number is in it. It waits for its decision as any handoff does.
 *
 * Throws `reason-required`, `configuration-unapproved`, `incident-unknown`, `incident-closed`, `incident-purged`,
 * `handoff-undecided` while another handoff of the incident is open, `incident-changed`, what `chooseRecalled` and
 * `assertReadable` throw, `config-id-unknown` or `usage` for a recipient who is gone or disabled, `certificate-*`, and what
 * sealing throws. Then nothing of it is left.
 */
export async function recallHandoff(ports: RecallPorts, request: RecallRequest): Promise<Recalled> {
  const { configuration, incidents, clock } = ports;
  const loaded = await configuration.load();
  const at = clock.now();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', at);
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'recall' });
  if (!request.dryRun) await assertConfigurationApproved(ports, loaded);
  const row = await incidents.get(request.incident);
  if (row.purge !== undefined) {
    throw new PurgeFault('incident-purged', { incident: request.incident });
  }
  if (row.state !== 'open') {
    throw new IncidentFault('incident-closed', { incident: request.incident });
  }
  const { basis } = request.wish;
  const said = { basis, reason: request.reason! };
  const room = { loaded, row, officer, at, handoff: ports.ids.handoff(), ...said };
  const recalled = await (request.dryRun
    ? filesToSend(ports, room, request).then((files) => ({ files }))
    : seal(ports, room, request));
  return {
    ...{ handoff: room.handoff, incident: row.incident, mode: ports.facts.mode },
    ...{ requester: officer.id, basis, ...recalled },
  };
}

/** What to recall is chosen once no other handoff of the incident can be made, and its document stands still. */
async function seal(
  ports: RecallPorts,
  room: RecallRoom,
  request: RecallRequest,
): Promise<Pick<Recalled, 'files' | 'made'>> {
  const { handoffs, folder, clock, facts } = ports;
  const { row, handoff: id, at, officer } = room;
  await sweepAbandoned(ports);
  const start = { id, incident: row.incident.id, incidentSha256: row.documentSha256, at };
  await handoffs.begin(
    { ...start, mode: facts.mode, requester: officer.id },
    new Date(at.getTime() + leaseMs),
  );
  try {
    const files = await filesToSend(ports, room, request);
    const openpgpKeys = await openpgpKeyFiles(ports);
    const sealed = await sealFiles(ports, room, files, openpgpKeys, request.signal);
    const made = composeRecall(ports, room, { files, sealed, openpgpKeys });
    await folder.putDocument(id, 'plan.json', made.plan);
    await folder.putDocument(id, 'review.json', made.review);
    await handoffs.finish(made.finished, clock.now(), made.act);
    return { files, made };
  } catch (error) {
    await handoffs.discard(id, [], undefined);
    await folder.removeDocuments(id);
    await removeUnknownFiles(ports);
    throw error;
  }
}

async function filesToSend(
  ports: RecallPorts,
  { loaded, row }: RecallRoom,
  { wish }: RecallRequest,
): Promise<readonly RecallToSend[]> {
  const { handoffs } = ports;
  const files: RecallToSend[] = [];
  for (const chosen of await chooseRecalled(ports, row, wish)) {
    const { batch, runs } = chosen;
    const entry = enabledRecipient(loaded, batch.recipient);
    const recipient = await routedRecipient(ports, entry);
    const { batches } = planOf(await handoffs.get(batch.handoff));
    const sent = batches.find((planned) => planned.batch === batch.id);
    assertReadable(chosen, sent, entry, recipient);
    const issuers = await countRecalled(handoffs, batch, runs);
    files.push({ chosen, issuers, recipient });
  }
  return files;
}

async function sealFiles(
  { cardProcess, passphrases, folder, facts }: RecallPorts,
  { handoff }: RecallRoom,
  files: readonly RecallToSend[],
  openpgpKeys: readonly OurKeyFile[],
  signal: AbortSignal | undefined,
): Promise<readonly SealedRecall[]> {
  const passphrase = await passphrases.read('workspace');
  try {
    const { outbox, workspaceKeyPath } = folder;
    const orders = files.map((file) => orderOf(file, handoff, facts.mode));
    const job = { orders, outbox, workspaceKeyPath, openpgpKeys, workspaceId: facts.id };
    return await cardProcess.sealRecalls(job, passphrase, signal);
  } finally {
    passphrase.fill(0);
  }
}

function orderOf(
  { chosen: { batch, runs, cards }, recipient }: RecallToSend,
  handoff: string,
  mode: 'drill' | 'live',
): RecallOrder {
  const { id, handoff: sentIn, sha256, firstReference, cards: of } = batch;
  return {
    recipient,
    recall: {
      ...{ mode, handoff, cards, runs: Buffer.from(runs).toString('base64') },
      recalled: {
        ...{ handoff: sentIn, batch: id, name: finalName(batch), sha256, firstReference },
        cards: of,
      },
    },
  };
}
