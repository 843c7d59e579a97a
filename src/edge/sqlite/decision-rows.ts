import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';

import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { DeliveryStateFault } from '../../domain/handoff/delivery-state-errors.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { CancelExtent, DecisionRow } from '../../exchange/handoff/handoff-register.ts';
import { appendAct } from './append-leaf.ts';
import type { DecisionTable } from './decision-table.ts';
import { closeEmergency } from './emergency-rows.ts';
import { storedValidity } from './stored-validity.ts';
import type { Tables } from './tables.ts';

/** Stores the requester's signature over the plan; only while nothing is decided. */
export async function storeRequest(
  db: Kysely<Tables>,
  clock: Clock,
  id: string,
  signature: Uint8Array,
  act: ActRecord,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('handoff')
      .set({ plan_signature: signature })
      .where('id', '=', id)
      .where('state', '=', 'undecided')
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) throw new DecisionFault('handoff-decided', { handoff: id });
    await appendAct(trx, act, clock);
  });
}

/** Stores one officer's decision; the last one needed settles the handoff and moves its batches with it. */
export async function storeDecision(
  db: Kysely<Tables>,
  clock: Clock,
  id: string,
  decision: DecisionRow,
  required: number,
  act: ActRecord,
): Promise<{ approvals: number; isSettled: boolean }> {
  return db.transaction().execute(async (trx) => {
    const handoff = await trx
      .selectFrom('handoff')
      .select(['requester', 'plan_sha256', 'state', 'mode'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (handoff?.state !== 'undecided' || handoff.plan_sha256 === null) {
      throw new DecisionFault('handoff-decided', { handoff: id });
    }
    const earlier = await trx
      .selectFrom('decision')
      .select(['officer', 'fingerprint'])
      .where('handoff', '=', id)
      .execute();
    // One certificate under two names is one person (design: approvals).
    const isSame = (row: (typeof earlier)[number]): boolean =>
      row.officer === decision.officer || row.fingerprint === decision.fingerprint;
    if (earlier.some(isSame)) {
      throw new DecisionFault('handoff-decided', { handoff: id, officer: decision.officer });
    }
    const { officer, decision: verdict, statement, signature, fingerprint, decidedAt } = decision;
    await trx
      .insertInto('decision')
      .values({
        handoff: id,
        requester: handoff.requester,
        officer,
        decision: verdict,
        plan_sha256: handoff.plan_sha256,
        statement,
        signature,
        fingerprint,
        ...{ decided_at: decidedAt.getTime(), mode: handoff.mode, ...permissionColumns(decision) },
      })
      .execute();
    const approvals = earlier.length + (verdict === 'approve' ? 1 : 0);
    const isSettled = verdict === 'decline' || approvals >= required;
    // Declining an emergency takes back what has not left yet, unless it is leaving right now.
    if (verdict === 'decline') await assertNoLease(trx, id, decidedAt);
    if (isSettled) await settleHandoff(trx, id, verdict, decidedAt);
    await appendAct(trx, act, clock);
    return { approvals, isSettled };
  });
}

/** By what the officer may decide, and until when. */
function permissionColumns({
  validUntil,
  approverIn,
}: DecisionRow): Pick<DecisionTable, 'valid_until' | 'approver_in' | 'approver_in_state'> {
  return {
    valid_until: storedValidity(validUntil),
    approver_in: approverIn ?? null,
    approver_in_state: approverIn === undefined ? null : 'adopted',
  };
}

/** Decides a handoff and moves its batches; ends its emergency. */
export async function settleHandoff(
  trx: Transaction<Tables>,
  handoff: string,
  outcome: 'approve' | 'decline' | 'cancel',
  at: Date,
): Promise<void> {
  await trx
    .updateTable('handoff')
    .set({ state: 'decided', outcome })
    .where('id', '=', handoff)
    .execute();
  await closeEmergency(trx, handoff, at);
  const moves = outcome === 'approve' ? approved : cancelled;
  for (const [to, from] of moves) {
    await trx
      .updateTable('batch')
      .set({ state: to, changed_at: at.getTime() })
      .where('handoff', '=', handoff)
      .where('state', 'in', from)
      .where(wasOpened, '=', 0)
      .execute();
  }
}

/** 1 of a batch that lies in a box again after its recipient had opened it: they may have all of it. */
const wasOpened = sql<number>`(state = 'offered' and evidence ->> 'sentBytes' is not null)`;

type Moves = readonly (readonly [DeliveryState, readonly DeliveryState[]])[];

const approved: Moves = [
  ['approved', ['built']],
  ['sent-elsewhere', ['claimed']],
];
const cancelled: Moves = [['cancelled', ['built', 'approved', 'offered', 'failed', 'claimed']]];

/** What nobody was sent by us; a list that was said to be sent elsewhere can turn out not to have been. */
const withdrawable: readonly DeliveryState[] = [
  ...(['built', 'approved', 'offered', 'failed'] as const),
  ...(['claimed', 'sent-elsewhere'] as const),
];

/**
 * Withdraws a handoff: undecided or approved batches are cancelled, and failed ones. Throws `handoff-decided` when a
 * batch is on its way, was opened or has left (that is a matter for a recall), unless `rest` of it is to be withdrawn; and
 * when nothing is left to cancel. Throws `batch-busy` while a delivery holds one, `emergency-open` for an open emergency of
 * which something may have left, whatever was said since.
 */
export async function cancelHandoff(
  db: Kysely<Tables>,
  clock: Clock,
  id: string,
  at: Date,
  extent: CancelExtent,
  act: ActRecord,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const handoff = await trx
      .selectFrom('handoff')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirst();
    if (handoff === undefined) throw new DecisionFault('handoff-unknown', { handoff: id });
    if (extent === 'whole') await assertNothingLeft(trx, id);
    if (handoff.state === 'nothing-to-send')
      throw new DecisionFault('handoff-empty', { handoff: id });
    await assertNoLease(trx, id, at);
    await assertNothingLeftAlone(trx, id);
    if (handoff.state === 'undecided') await settleHandoff(trx, id, 'cancel', at);
    const changed = await trx
      .updateTable('batch')
      .set({ state: 'cancelled', changed_at: at.getTime(), lease_until: null })
      .where('handoff', '=', id)
      .where('state', 'in', withdrawable)
      .where(wasOpened, '=', 0)
      .executeTakeFirst();
    if (handoff.state === 'decided' && changed.numUpdatedRows === 0n) {
      throw new DecisionFault('handoff-decided', { handoff: id });
    }
    await appendAct(trx, act, clock);
  });
}

async function assertNothingLeft(trx: Transaction<Tables>, handoff: string): Promise<void> {
  const gone = await trx
    .selectFrom('batch')
    .select(['id', 'state'])
    .where('handoff', '=', handoff)
    .where((eb) =>
      eb.or([
        eb('state', 'not in', [...withdrawable, 'expired', 'cancelled']),
        eb(wasOpened, '=', 1),
      ]),
    )
    .executeTakeFirst();
  if (gone === undefined) return;
  const { rest } = await trx
    .selectFrom('batch')
    .select((eb) => eb.fn.countAll<number>().as('rest'))
    .where('handoff', '=', handoff)
    .where('state', 'in', withdrawable)
    .where(wasOpened, '=', 0)
    .executeTakeFirstOrThrow();
  const facts = { handoff, batch: gone.id, state: gone.state };
  throw new DecisionFault('handoff-decided', { ...facts, ...(rest > 0 && { rest }) });
}

/** A claimed batch may be lying in a folder already, though its state says so only when the claim ends. */
async function assertNoLease(trx: Transaction<Tables>, handoff: string, at: Date): Promise<void> {
  const busy = await trx
    .selectFrom('batch')
    .select('id')
    .where('handoff', '=', handoff)
    .where('lease_until', '>', at.getTime())
    .executeTakeFirst();
  if (busy) throw new DeliveryFault('batch-busy', { batch: busy.id });
}

/** What one person sent, or may have sent, ends by another person's signature and not by their own word. */
async function assertNothingLeftAlone(trx: Transaction<Tables>, handoff: string): Promise<void> {
  const left = await trx
    .selectFrom('attempt')
    .innerJoin('batch', 'batch.id', 'attempt.batch')
    .innerJoin('emergency', 'emergency.handoff', 'batch.handoff')
    .select('batch.id')
    .where('batch.handoff', '=', handoff)
    .where('emergency.is_open', '=', 1)
    .where('attempt.outcome', 'in', ['stored', 'written', 'presumed', 'conflict'])
    .executeTakeFirst();
  if (left) throw new DecisionFault('emergency-open', { handoff, batch: left.id });
}

export interface BatchMove {
  readonly batch: string;
  readonly from: DeliveryState;
  readonly to: DeliveryState;
  readonly at: Date;
}

/**
 * Moves one batch; `from` is part of the condition, so that two people cannot move it twice. Throws `batch-unknown`,
 * `batch-busy` while a delivery holds it, `state-forbids` when it stands elsewhere by now.
 */
export async function moveBatch(
  db: Kysely<Tables>,
  clock: Clock,
  move: BatchMove,
  act: ActRecord,
): Promise<void> {
  await db.transaction().execute((trx) => moveBatchIn(trx, clock, move, act));
}

/** The same inside a transaction. Returns the number of the leaf. */
export async function moveBatchIn(
  trx: Transaction<Tables>,
  clock: Clock,
  { batch, from, to, at }: BatchMove,
  act: ActRecord,
): Promise<number> {
  const found = await trx
    .selectFrom('batch')
    .select(['state', 'lease_until'])
    .where('id', '=', batch)
    .executeTakeFirst();
  if (!found) throw new DecisionFault('batch-unknown', { batch });
  if (found.lease_until !== null && found.lease_until > at.getTime()) {
    throw new DeliveryFault('batch-busy', { batch });
  }
  if (found.state !== from) {
    throw new DeliveryStateFault('state-forbids', { batch, state: found.state, event: to });
  }
  // Nobody ever had what an officer found not to be there: only a later attempt says since when they can.
  const isNowhere = to === 'failed';
  await trx
    .updateTable('batch')
    .set({ state: to, changed_at: at.getTime(), ...(isNowhere ? { available_at: null } : {}) })
    .where('id', '=', batch)
    .execute();
  const leaf = await appendAct(trx, act, clock);
  if (to === 'cancelled') {
    const withdrawn = { batch, leaf, officer: act.draft.actor };
    await trx.insertInto('batch_withdrawn').values(withdrawn).execute();
  }
  return leaf;
}
