import { scrub } from '../../domain/cards/scrubber.ts';
import type { Profile } from '../../domain/formats/profile.ts';
import { encodePlan, digestOf } from '../../domain/handoff/plan.ts';
import type {
  Plan,
  PlannedBatch,
  PlannedEndpoint,
  PlannedSource,
} from '../../domain/handoff/plan.ts';
import { encodeReview } from '../../domain/handoff/review.ts';
import type { Review } from '../../domain/handoff/review.ts';
import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import type { Endpoint } from '../../domain/recipients/endpoint.ts';
import { namingOf } from '../../domain/recipients/file-naming.ts';
import { fingerprintOfLine } from '../../domain/recipients/pickup-key.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type {
  BatchResult,
  PrepareJob,
  PrepareResult,
  SourceRequest,
  SourceResult,
} from './card-process.ts';
import { receiptOf } from './source-receipts.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** Plan and review of a prepared handoff, as bytes and as digests. */
export interface PlanAndReview {
  readonly plan: Uint8Array;
  readonly planSha256: string;
  readonly review: Uint8Array;
  readonly reviewSha256: string;
}

export interface PlanInput {
  readonly facts: WorkspaceFacts;
  readonly loaded: LoadedConfiguration;
  readonly row: IncidentRow;
  readonly requester: Officer;
  readonly job: PrepareJob;
  readonly result: PrepareResult;
  readonly reliedOn: Plan['reliedOn'];
  readonly at: Date;
  /** Of the review. */
  readonly salt: string;
  /** Undefined for a list that is to be delivered. */
  readonly sentElsewhere?: Plan['sentElsewhere'];
  /** Cards of the list that an officer had recalled one by one before. */
  readonly recalledBefore?: number;
}

/** Writes down everything that will happen on approval, and what the approver is shown. Throws nothing. */
export function composePlan(input: PlanInput): PlanAndReview {
  const plan = encodePlan(planOf(input));
  const review = encodeReview(reviewOf(input));
  return { plan, planSha256: digestOf(plan), review, reviewSha256: digestOf(review) };
}

function planOf(input: PlanInput): Plan {
  const { facts, loaded, row, requester, job, result, reliedOn, at, sentElsewhere } = input;
  const { required, expires_after_hours: hours } = loaded.settings.approvals;
  return {
    type: 'mimamori/plan/v1',
    workspace: facts.id,
    mode: facts.mode,
    handoff: job.handoff,
    incident: row.incident.id,
    incidentSha256: row.documentSha256,
    ...stageOf(input),
    requester: requester.id,
    requesterCertificate: requester.fingerprint,
    approvalsRequired: required,
    preparedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + hours * 3_600_000).toISOString(),
    sources: result.sources.map((source, number) => plannedSource(source, job.sources[number]!)),
    decisions: Object.entries(result.accepted).map(([held, records]) => ({ held, records })),
    ...(result.subject === undefined ? {} : { subject: result.subject }),
    brandTable: result.brandTable,
    binTable: job.binTableDigest,
    read: result.read,
    cards: result.cards,
    excluded: result.excluded,
    held: result.held,
    ...(result.merchants && { merchants: result.merchants }),
    batches: sentElsewhere ? [] : result.batches.map((batch) => plannedBatch(batch, loaded, job)),
    signer: job.openpgpKeys[0]!.fingerprint,
    reliedOn,
    ...repeatsOf(result),
    ...(sentElsewhere && { sentElsewhere }),
  };
}

/** Columns that a person declared unread or harmless are part of what the approver answers for. */
function plannedSource(
  { kind, bytes, sha256, records, sender, form }: SourceResult,
  asked: SourceRequest,
): PlannedSource {
  const { spec, brought } = asked;
  const received = receiptOf(asked);
  const columns = (names: readonly string[]): string[] => names.map((name) => scrub(name).text);
  return {
    kind,
    bytes,
    sha256,
    records,
    ...(sender === undefined ? {} : { sender }),
    ...(form === 'encrypted-unsigned' ? { unsigned: true } : {}),
    ...(received === undefined ? {} : { received }),
    ...(brought === undefined
      ? {}
      : { brought: { source: brought.source, box: brought.box, key: brought.key } }),
    ignoredColumns: columns(spec.ignore_columns),
    notSensitive: columns(spec.not_sensitive),
  };
}

function reviewOf(input: PlanInput): Review {
  const { facts, row, job, result, sentElsewhere, recalledBefore = 0 } = input;
  return {
    type: 'mimamori/review/v1',
    salt: input.salt,
    handoff: job.handoff,
    incident: row.incident.id,
    mode: facts.mode,
    ...stageOf(input),
    ...(result.subject === undefined ? {} : { subject: result.subject }),
    read: result.read,
    cards: result.cards,
    orders: result.orders,
    references: result.references,
    excluded: result.excluded,
    held: result.held,
    warnings: result.warnings,
    ...(result.merchants && { merchants: result.merchants }),
    batches: result.batches.map(({ batch, recipient, cards, issuers, requestsWaiver }) => ({
      ...{ batch, recipient, cards, issuers },
      ...(requestsWaiver && { requestsWaiver }),
    })),
    ...repeatsOf(result),
    ...(recalledBefore > 0 && { recalledBefore }),
    ...(sentElsewhere && { sentElsewhere }),
  };
}

/** A list that others sent has no stage here. */
function stageOf({ job, sentElsewhere }: PlanInput): Pick<Plan, 'stage'> {
  return sentElsewhere ? {} : { stage: job.incident.stage };
}

function repeatsOf({ repeats }: PrepareResult): Pick<Plan, 'repeats'> {
  return repeats === undefined ? {} : { repeats };
}

function plannedBatch(
  batch: BatchResult,
  loaded: LoadedConfiguration,
  job: PrepareJob,
): PlannedBatch {
  const recipient = loaded.recipients.find(({ id }) => id === batch.recipient)!;
  const { profile } = job.recipients.find(({ id }) => id === batch.recipient)!;
  return {
    batch: batch.batch,
    recipient: batch.recipient,
    file: batch.file,
    bytes: batch.bytes,
    sha256: batch.sha256,
    cards: batch.cards,
    ...(batch.requestsWaiver && { requestsWaiver: batch.requestsWaiver }),
    firstReference: batch.firstReference,
    profile: profile.id,
    profileSha256: profileDigest(profile),
    certificate: recipient.fingerprint,
    encryptionSubkey: recipient.encryption_subkey,
    endpoint: plannedEndpoint(recipient),
  };
}

/** SHA-256 of a profile in canonical form. */
export function profileDigest(profile: Profile): string {
  return digestOf(encodeCanonicalJson(plainJson(profile)));
}

/** A recipient's endpoint as a plan fixes it: what must not change between approval and delivery. */
export function plannedEndpoint(recipient: Recipient): PlannedEndpoint {
  const endpoint = recipient.endpoints[0]!;
  const naming = namingOf(endpoint);
  const named = naming === undefined ? {} : { naming };
  if (endpoint.kind === 'manual') {
    return { kind: 'manual', directory: endpoint.directory, ...named };
  }
  if (endpoint.kind === 'pickup') {
    const { keys, offer_days: offerDays } = endpoint;
    return {
      ...{ kind: 'pickup', keys: keys.map(fingerprintOfLine) },
      ...(offerDays === undefined ? {} : { offerDays }),
      ...named,
    };
  }
  return {
    kind: 'sftp',
    host: endpoint.host,
    port: endpoint.port,
    user: endpoint.user,
    directory: endpoint.directory,
    authentication: endpoint.authentication,
    hostKeys: endpoint.host_keys,
    canReadBack: endpoint.can_read_back,
    canList: endpoint.can_list,
    ...traitsOf(endpoint),
    ...named,
  };
}

/** Traits of an old server. Absent where there are none, so that plans without them are as they always were. */
function traitsOf(
  endpoint: Extract<Endpoint, { kind: 'sftp' }>,
): Partial<Extract<PlannedEndpoint, { kind: 'sftp' }>> {
  const { rename, temporary_name: temporaryName, control_file: controlFile } = endpoint;
  return {
    ...(rename === 'none' ? { rename } : {}),
    ...(temporaryName === undefined ? {} : { temporaryName }),
    ...(controlFile === undefined ? {} : { controlFile }),
    ...(endpoint.allow_algorithms === undefined
      ? {}
      : { algorithms: endpoint.allow_algorithms.map(({ algorithm }) => algorithm) }),
  };
}

/** Without absent members, which canonical JSON refuses. */
function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
