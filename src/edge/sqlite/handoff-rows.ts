import type { Selectable } from 'kysely';

import { receiptWays, sourceForms } from '../../domain/intake/source-receipt.ts';
import { sourceKinds } from '../../domain/intake/source-kinds.ts';
import type { RecallBasis } from '../../domain/recalls/recall-basis.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { BatchIssuer } from '../../exchange/handoff/card-process.ts';
import type { DeliveryEvidence, RecordedFault } from '../../exchange/delivery/delivery-journal.ts';
import type {
  BatchRow,
  DecisionRow,
  HandoffReport,
  HandoffRow,
  SourceRow,
} from '../../exchange/handoff/handoff-register.ts';
import type { Emergency } from '../../exchange/delivery/emergencies.ts';
import type { Tables } from './tables.ts';

export function handoffRow(row: Selectable<Tables['handoff']>, emergency?: Emergency): HandoffRow {
  return {
    id: row.id,
    incident: row.incident,
    state: row.state,
    mode: row.mode,
    requester: row.requester,
    preparedAt: new Date(row.prepared_at),
    outcome: (row.outcome ?? undefined) as HandoffRow['outcome'],
    plan: bytesOf(row.plan),
    planSha256: row.plan_sha256 ?? undefined,
    planSignature: bytesOf(row.plan_signature),
    review: bytesOf(row.review),
    reviewSha256: row.review_sha256 ?? undefined,
    report: row.report === null ? undefined : (JSON.parse(row.report) as HandoffReport),
    ...(emergency === undefined ? {} : { emergency }),
  };
}

/** A batch, and what it is called at its recipient once it was given a name. */
export type NamedBatch = Selectable<Tables['batch']> & {
  readonly remote_name: string | null;
  readonly sequence: number | null;
  /** Of a recall file. */
  readonly recalled: string | null;
  readonly basis: string | null;
  readonly runs: Uint8Array | null;
  readonly withdrawn_by: string | null;
  /** Also null once it was purged. */
  readonly withdrawn_reason: string | null;
};

export function batchRow(row: NamedBatch): BatchRow {
  return {
    id: row.id,
    handoff: row.handoff,
    incident: row.incident,
    recipient: row.recipient,
    file: row.file,
    ...(row.remote_name === null ? {} : { remoteName: row.remote_name }),
    ...(row.sequence === null ? {} : { sequence: row.sequence }),
    bytes: row.bytes,
    sha256: row.sha256,
    ...(row.nonce_sha256 === null ? {} : { nonceSha256: row.nonce_sha256 }),
    ...(row.subject === null ? {} : { subject: row.subject }),
    cards: row.cards,
    firstReference: row.first_reference,
    issuers: JSON.parse(row.issuers) as BatchIssuer[],
    state: row.state as DeliveryState,
    attempts: row.attempts,
    evidence: parsed(row.evidence) as DeliveryEvidence | undefined,
    fault: parsed(row.fault) as RecordedFault | undefined,
    changedAt: new Date(row.changed_at),
    ...(row.available_at === null ? {} : { availableAt: new Date(row.available_at) }),
    ...recallsOf(row),
    ...withdrawnOf(row),
  };
}

function withdrawnOf(row: NamedBatch): Pick<BatchRow, 'withdrawn'> {
  if (row.withdrawn_by === null) return {};
  return { withdrawn: { officer: row.withdrawn_by, reason: row.withdrawn_reason ?? undefined } };
}

function recallsOf({ recalled, basis, runs }: NamedBatch): Pick<BatchRow, 'recalls'> {
  if (recalled === null || runs === null) return {};
  return {
    recalls: { batch: recalled, basis: basis as RecallBasis, runs: new Uint8Array(runs) },
  };
}

export function decisionRow(row: Selectable<Tables['decision']>): DecisionRow {
  return {
    officer: row.officer,
    decision: row.decision,
    statement: new Uint8Array(row.statement),
    signature: new Uint8Array(row.signature),
    fingerprint: row.fingerprint,
    decidedAt: new Date(row.decided_at),
  };
}

export function sourceRow(row: Selectable<Tables['source']>, removedAt?: number): SourceRow {
  return {
    number: row.number,
    name: row.name,
    kind: sourceKinds.find((kind) => kind === row.kind) ?? 'orders',
    bytes: row.bytes,
    sha256: row.sha256,
    specSha256: row.spec_sha256,
    records: row.records,
    encoding: row.encoding,
    sender: row.sender ?? undefined,
    form: sourceForms.find((form) => form === row.form) ?? 'encrypted-unsigned',
    received: receiptWays.find((way) => way === row.received),
    ...(removedAt === undefined ? {} : { removedAt: new Date(removedAt) }),
  };
}

/** better-sqlite3 gives Buffers; the floors above know Uint8Array only. */
function bytesOf(value: Uint8Array | null): Uint8Array | undefined {
  return value === null ? undefined : new Uint8Array(value);
}

function parsed(text: string | null): unknown {
  return text === null ? undefined : JSON.parse(text);
}
