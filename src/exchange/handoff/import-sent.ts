import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { WordChannel } from '../../domain/handoff/persons-word.ts';
import type { SentElsewhere } from '../../domain/handoff/plan.ts';
import { PersonsWordFault } from '../../domain/handoff/word-errors.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import { compileRoutes } from '../../domain/incident/routes.ts';
import { withoutPersons } from '../../domain/intake/person-columns.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { PrepareJob, PrepareResult } from './card-process.ts';
import { composePlan } from './compose-plan.ts';
import type { PlanAndReview } from './compose-plan.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import { evidenceOf } from '../delivery/record-word.ts';
import type { FinishedPrepare } from './handoff-register.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { bytesOfHex, sourceRows } from './prepare-handoff.ts';
import type { NamedSource, PreparePorts } from './prepare-handoff.ts';
import { refusal } from './prepare-refusal.ts';
import { composeJob } from './prepare-job.ts';
import { PrepareStore } from './prepare-store.ts';
import { sweepAbandoned } from './sweep-abandoned.ts';
import type { WordEvidence } from '../delivery/word-register.ts';

export interface ImportRequest {
  readonly incident: string;
  /** Who was sent the list. */
  readonly recipient: string;
  readonly officer: string | undefined;
  readonly source: NamedSource;
  readonly acceptHeld: readonly string[];
  readonly sentAt: Date;
  readonly channel: WordChannel;
  /** Who sent it, to whom: free text; it stands outside the leaf. */
  readonly by: string;
  readonly evidence: { readonly name: string; readonly bytes: Uint8Array };
  readonly reason: string | undefined;
  readonly signal?: AbortSignal;
}

export interface Imported {
  readonly handoff: string;
  readonly row: IncidentRow;
  readonly request: ImportRequest;
  readonly evidence: WordEvidence;
  readonly result: PrepareResult;
  readonly plan: PlanAndReview;
}

/**
 * Takes in a list that was sent by other means before, so that later lists leave its cards out. It is read as a list by
 * a PFI or processor is: everything in it was sent. Nothing is sealed or sent; keyed hashes and counts are kept, in a
 * handoff whose batches are `claimed` until another officer approves it. A wrong import means cards that nobody watches.
 *
 * Throws what `prepareHandoff` throws, `reason-required`, `word-in-future`, `evidence-empty`, `evidence-holds-card`, and
 * the route faults for a recipient who is unknown or disabled.
 */
export async function importSent(ports: PreparePorts, request: ImportRequest): Promise<Imported> {
  const { configuration, incidents, clock } = ports;
  const loaded = await configuration.load();
  const at = clock.now();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', at);
  if ((request.reason ?? '') === '') throw new DecisionFault('reason-required', { act: 'import' });
  if (request.sentAt.getTime() > at.getTime()) throw new PersonsWordFault('word-in-future');
  const handoff = ports.ids.handoff();
  const evidence = evidenceOf(handoff, request.evidence)!;
  const row = await incidents.get(request.incident);
  if (row.state !== 'open') {
    throw new IncidentFault('incident-closed', { incident: request.incident });
  }
  compileRoutes({ routes: [], default_recipient: request.recipient }, loaded.recipients);
  await sweepAbandoned(ports);
  const job = await importJob(ports, loaded, row, request, handoff, at);
  const { result, plan } = await run(ports, { request, loaded, row, officer, job, evidence, at });
  return { handoff, row, request, evidence, result, plan };
}

/** A prepare of one source for one recipient, whatever the incident's routes say; nothing of it is sealed. */
async function importJob(
  ports: PreparePorts,
  loaded: LoadedConfiguration,
  row: IncidentRow,
  { source, acceptHeld, recipient }: ImportRequest,
  handoff: string,
  at: Date,
): Promise<PrepareJob> {
  const { fingerprint, encryption_subkey, profile } = loaded.recipients.find(
    ({ id }) => id === recipient,
  )!;
  const receiver = {
    ...{ id: recipient, certificate: '', fingerprint, allow: [], layout: 'per-recipient' as const },
    ...{ encryptionSubkey: encryption_subkey, profile: await ports.profiles.get(profile) },
  };
  const asked = {
    ...{ handoff, at, acceptHeld, dryRun: false, stage: 'interim' as const },
    // Who is to be found by name stands in the sources of what is in scope, not in a list that others sent.
    sources: [{ ...source, spec: { ...withoutPersons(source.spec), kind: 'recovered' as const } }],
  };
  const job = await composeJob(ports, ports.facts, loaded, row, [receiver], asked);
  // What was sent was sent, whatever windows say of it and whichever merchant it came from.
  const { merchants: _, ...incident } = job.incident;
  return {
    ...{ ...job, isImport: true, incident: { ...incident, windows: [] } },
    routes: { routes: [], default_recipient: recipient },
  };
}

interface Room {
  readonly request: ImportRequest;
  readonly loaded: LoadedConfiguration;
  readonly row: IncidentRow;
  readonly officer: Officer;
  readonly job: PrepareJob;
  readonly evidence: WordEvidence;
  readonly at: Date;
}

async function run(
  ports: PreparePorts,
  room: Room,
): Promise<{ result: PrepareResult; plan: PlanAndReview }> {
  const { request, row, officer, job, at } = room;
  const store = new PrepareStore(ports, job, officer.id, undefined);
  await store.begin(row.documentSha256, at);
  let passphrase: Uint8Array | undefined;
  try {
    passphrase = await ports.passphrases.read('workspace');
    const read = await ports.cardProcess.prepare(job, passphrase, [], store, request.signal);
    const result = asReceived(read);
    const sentElsewhere = saidOf(room, result);
    const input = { facts: ports.facts, ...room, requester: officer, result, sentElsewhere };
    const plan = composePlan({ ...input, reliedOn: [], salt: ports.ids.nonce() });
    await finish(ports, room, result, plan, sentElsewhere);
    return { result, plan };
  } catch (error) {
    await store.discard(refusal(ports, officer.id, job, error));
    throw error;
  } finally {
    passphrase?.fill(0);
  }
}

/** No file of ours stands behind such a batch: it is known by the list that was read. */
function asReceived(result: PrepareResult): PrepareResult {
  const { bytes, sha256 } = result.sources[0]!;
  const batches = result.batches.map((batch) => ({
    ...{ ...batch, bytes, sha256 },
    file: `sent-elsewhere-${batch.batch}`,
  }));
  return { ...result, batches };
}

function saidOf({ request, evidence }: Room, result: PrepareResult): SentElsewhere {
  return {
    ...{ recipient: request.recipient, sentAt: request.sentAt.toISOString() },
    ...{ channel: request.channel, evidence: evidence.sha256, evidenceBytes: evidence.bytes },
    batches: result.batches.map(({ batch, cards }) => ({ batch, cards })),
  };
}

async function finish(
  ports: PreparePorts,
  room: Room,
  result: PrepareResult,
  plan: PlanAndReview,
  said: SentElsewhere,
): Promise<void> {
  const { request, job, evidence, officer, at } = room;
  const { handoffs, folder } = ports;
  await folder.putDocument(job.handoff, evidence.file, request.evidence.bytes);
  await folder.putDocument(job.handoff, 'plan.json', plan.plan);
  await folder.putDocument(job.handoff, 'review.json', plan.review);
  const { read, cards, orders, references, excluded, held, warnings, accepted } = result;
  const finished: FinishedPrepare = {
    id: job.handoff,
    report: {
      ...{ read, cards, orders, references, excluded, held, warnings, accepted },
      ...{ windows: job.incident.windows.map(({ name }) => name), isSentElsewhere: true },
    },
    ...plan,
    sources: sourceRows({ sources: [request.source] }, result),
    batches: result.batches,
    words: result.batches.map(({ batch }) => ({
      ...{ batch, rung: 'stored', channel: request.channel, at: request.sentAt },
      ...{ recordedAt: at, officer: officer.id, evidence },
    })),
    wrappedKey: result.wrappedKey === undefined ? undefined : bytesOfHex(result.wrappedKey),
    nextReference: job.firstReference + cards,
  };
  await handoffs.finish(finished, ports.clock.now(), importAct(ports, room, result, plan, said));
}

function importAct(
  { origin }: PreparePorts,
  { request, job, officer }: Room,
  { sources, read, cards, excluded, held, batches }: PrepareResult,
  { planSha256, reviewSha256 }: PlanAndReview,
  { sentAt, channel, evidence, evidenceBytes: bytes }: SentElsewhere,
): ActRecord {
  return {
    draft: {
      actor: officer.id,
      act: 'handoff-import-sent',
      result: 'done',
      origin,
      object: `handoff:${job.handoff}`,
      data: {
        ...{ handoff: job.handoff, incident: job.incident.id, recipient: request.recipient },
        sources: sources.map(({ sha256 }) => sha256),
        ...{ read, cards, excluded, held, channel, sentAt, evidence, bytes },
        batches: batches.map(({ batch }) => batch),
        ...{ planSha256, reviewSha256 },
      },
    },
    texts: { by: request.by, reason: request.reason! },
  };
}
