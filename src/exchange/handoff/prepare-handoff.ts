import { scrub } from '../../domain/cards/scrubber.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { Stage } from '../../domain/handoff/stage.ts';
import { IncidentFault } from '../../domain/incident/errors.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { assertAsBrought } from '../arrivals/brought-sources.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import { assertStage } from './assert-stage.ts';
import type { CardProcess, PrepareJob, PrepareResult, SourceRequest } from './card-process.ts';
import type { Certificates } from '../keys/certificates.ts';
import { composePlan } from './compose-plan.ts';
import type { PlanAndReview } from './compose-plan.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { HandoffRegister, SourceRow } from './handoff-register.ts';
import type { Ids } from '../workspace/ids.ts';
import type { IncidentRegister, IncidentRow } from '../incident/incident-register.ts';
import { jobRecipients } from './job-recipients.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import { composeJob } from './prepare-job.ts';
import { refusal } from './prepare-refusal.ts';
import { PrepareStore } from './prepare-store.ts';
import type { Profiles } from '../configuration/profiles.ts';
import { receiptOf, receiptsInLeaf } from './source-receipts.ts';
import { specDigest } from './spec-digest.ts';
import { sweepAbandoned } from './sweep-abandoned.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import { assertSaysWaiver, waiverRequests } from './waiver-requests.ts';

export interface PreparePorts extends ConfigurationProofPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly handoffs: HandoffRegister;
  readonly folder: WorkspaceFolder;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  readonly cardProcess: CardProcess;
  readonly passphrases: PassphraseSource;
  readonly ids: Ids;
}

/** `name` is the file's own name as people know it; it is scrubbed before it is kept. */
export type NamedSource = SourceRequest & { readonly name: string };

export interface PrepareRequest {
  readonly incident: string;
  readonly officer: string | undefined;
  readonly sources: readonly NamedSource[];
  readonly acceptHeld: readonly string[];
  /** Which list this is; undefined: as the incident says, else `interim`. A correction needs a reason. */
  readonly stage?: Stage | undefined;
  /** Take encrypted sources that nobody known signed; needs a reason. */
  readonly acceptUnsigned?: boolean;
  /** Make a whole list that lacks cards of earlier ones; needs a reason. */
  readonly acceptAbsent?: boolean;
  /** Have the files ask for a waiver of the reissue fee, where their profile has a place for it. */
  readonly requestsWaiver?: boolean;
  /** Why held records are let through; required with `acceptHeld`. */
  readonly reason: string | undefined;
  readonly dryRun: boolean;
  /** Threads that read and seal; undefined: as many as there are cores. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (
    phase: 'reading' | 'sealing',
    done: number,
    total: number,
    records: number,
  ) => void;
}

/** What came of it. With `dryRun` nothing was stored, no file was written and `plan` is absent. */
export interface Prepared {
  readonly handoff: string;
  readonly incident: IncidentRow['incident'];
  readonly mode: 'drill' | 'live';
  readonly stage: Stage;
  readonly requester: string;
  /** Whether the files were to ask for a waiver; those of some profiles cannot. */
  readonly requestsWaiver: boolean;
  readonly sources: readonly SourceRow[];
  readonly result: PrepareResult;
  readonly plan?: PlanAndReview;
  /** Cards that an officer had recalled one by one before. A dry run keeps no card to tell it from. */
  readonly recalledBefore?: number;
}

/**
 * Reads sources, screens and folds them, seals one file per batch, and stores the handoff that waits for its decision.
 * Everything or nothing: after a refusal only a leaf that says so remains. Throws `configuration-unapproved`, the faults
 * of intake, routing, certificates, keys and storage; `brought-source-*`; `handoff-undecided` while another handoff of the incident is open, `waiver-unsaid`, `stage-without-list`, `stage-after-final`, `list-not-whole`, `incident-changed` when it was amended since it was read.
 */
export async function prepareHandoff(
  ports: PreparePorts,
  request: PrepareRequest,
): Promise<Prepared> {
  const { configuration, incidents, clock, facts } = ports;
  const loaded = await configuration.load();
  const requester = actingOfficer(loaded.officers, request.officer, 'officer', clock.now());
  if (!request.dryRun) await assertConfigurationApproved(ports, loaded);
  const decides =
    request.acceptHeld.length > 0 ||
    request.acceptUnsigned === true ||
    request.acceptAbsent === true ||
    request.stage === 'correction';
  if (decides && (request.reason ?? '') === '') {
    throw new DecisionFault('reason-required', { act: 'prepare' });
  }
  const row = await incidents.get(request.incident);
  if (row.state !== 'open')
    throw new IncidentFault('incident-closed', { incident: request.incident });
  const stage = request.stage ?? row.incident.stage ?? 'interim';
  await assertStage(ports.handoffs, row.incident.id, stage);
  const recipients = await jobRecipients(ports, loaded, row.incident);
  if (request.requestsWaiver === true) assertSaysWaiver(recipients);
  await sweepAbandoned(ports);
  const handoff = ports.ids.handoff();
  const at = clock.now();
  const asked = { ...request, stage, handoff, at };
  const job = await composeJob(ports, facts, loaded, row, recipients, asked);
  const ran = await run(ports, request, loaded, row, requester, job, at);
  return {
    ...{ handoff, incident: row.incident, mode: facts.mode, stage, requester: requester.id },
    requestsWaiver: request.requestsWaiver ?? false,
    sources: sourceRows(request, ran.result),
    ...ran,
  };
}

async function run(
  ports: PreparePorts,
  request: PrepareRequest,
  loaded: LoadedConfiguration,
  row: IncidentRow,
  requester: Officer,
  job: PrepareJob,
  at: Date,
): Promise<Pick<Prepared, 'result' | 'plan' | 'recalledBefore'>> {
  const { cardProcess, handoffs, passphrases } = ports;
  const store = new PrepareStore(ports, job, requester.id, request.onProgress);
  await store.begin(row.documentSha256, at);
  let passphrase: Uint8Array | undefined;
  try {
    const earlier = await handoffs.earlierBatches(row.incident.id);
    passphrase = await passphrases.read('workspace');
    const result = await cardProcess.prepare(job, passphrase, earlier, store, request.signal);
    assertAsBrought(request.sources, result.sources, loaded.recipients);
    if (request.dryRun) {
      await store.discard(undefined);
      return { result };
    }
    const recalledBefore = await handoffs.recalledBefore(row.incident.id, result.batches);
    const plan = composePlan({
      facts: ports.facts,
      loaded,
      row,
      requester,
      job,
      result,
      reliedOn: store.reliedOn,
      at,
      salt: ports.ids.nonce(),
      recalledBefore,
    });
    await finish(ports, request, requester, job, result, plan);
    return { result, plan, recalledBefore };
  } catch (error) {
    await store.discard(refusal(ports, requester.id, job, error));
    throw error;
  } finally {
    passphrase?.fill(0);
  }
}

async function finish(
  ports: PreparePorts,
  request: PrepareRequest,
  requester: Officer,
  job: PrepareJob,
  result: PrepareResult,
  plan: PlanAndReview,
): Promise<void> {
  const { handoffs, folder, clock } = ports;
  await folder.putDocument(job.handoff, 'plan.json', plan.plan);
  await folder.putDocument(job.handoff, 'review.json', plan.review);
  const { orders, references, warnings, accepted, read, cards, excluded, held } = result;
  await handoffs.finish(
    {
      id: job.handoff,
      report: {
        ...(result.subject === undefined ? {} : { subject: result.subject }),
        ...{ read, cards, orders, references, excluded, held, warnings, accepted },
        ...(result.withoutOrder === undefined ? {} : { withoutOrder: result.withoutOrder }),
        windows: [...new Set(job.incident.windows.map(({ name }) => name))],
        stage: job.incident.stage,
        ...waiverRequests(result),
        ...(result.merchants && { merchants: result.merchants }),
        ...(result.merchantSets && { merchantSets: result.merchantSets }),
        ...(result.repeats === undefined ? {} : { repeats: result.repeats }),
      },
      ...plan,
      sources: sourceRows(request, result),
      ...(result.subject === undefined ? {} : { subject: result.subject }),
      batches: result.batches,
      wrappedKey: result.wrappedKey === undefined ? undefined : bytesOfHex(result.wrappedKey),
      nextReference: job.firstReference + cards,
    },
    clock.now(),
    prepareAct(ports, request, requester.id, job, result, plan),
  );
}

/** Sources as rows of a handoff. */
export function sourceRows(
  request: Pick<PrepareRequest, 'sources'>,
  result: PrepareResult,
): SourceRow[] {
  return result.sources.map((source, number) => ({
    number,
    name: scrub(request.sources[number]?.name ?? '').text,
    kind: source.kind,
    bytes: source.bytes,
    sha256: source.sha256,
    specSha256: specDigest(request.sources[number]!.spec),
    records: source.records,
    encoding: source.encoding,
    sender: source.sender,
    form: source.form,
    received: receiptOf(request.sources[number]!),
  }));
}

function prepareAct(
  ports: PreparePorts,
  request: PrepareRequest,
  actor: string,
  job: PrepareJob,
  result: PrepareResult,
  plan: PlanAndReview,
): ActRecord {
  return {
    draft: {
      actor,
      act: 'handoff-prepare',
      result: 'done',
      origin: ports.origin,
      object: `handoff:${job.handoff}`,
      data: {
        handoff: job.handoff,
        incident: job.incident.id,
        mode: job.mode,
        stage: job.incident.stage,
        ...(result.subject === undefined ? {} : { subject: result.subject }),
        sources: result.sources.map(({ sha256 }) => sha256),
        ...receiptsInLeaf(job.sources, result.sources),
        read: result.read,
        cards: result.cards,
        references: result.references,
        ...(result.foundByName !== undefined && { foundByName: result.foundByName }),
        ...(job.incident.merchants && { merchants: job.incident.merchants.length }),
        excluded: result.excluded,
        held: result.held,
        warnings: result.warnings,
        accepted: [...Object.keys(result.accepted), ...(request.acceptAbsent ? ['absent'] : [])],
        batches: result.batches.map(({ batch }) => batch),
        ...waiverRequests(result),
        binTable: job.binTableDigest,
        planSha256: plan.planSha256,
        reviewSha256: plan.reviewSha256,
      },
    },
    ...(request.reason === undefined ? {} : { texts: { reason: request.reason } }),
  };
}

/** Bytes of lower-case hexadecimal of ours. */
export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
