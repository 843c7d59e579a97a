import type { Kysely, Transaction } from 'kysely';

import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { FinishedPrepare, PrepareStart } from '../../exchange/handoff/handoff-register.ts';
import { appendAct } from './append-leaf.ts';
import { assertDocument } from './incident-register.ts';
import type { Tables } from './tables.ts';
import { insertWord } from './word-register.ts';

/** The rows of a handoff while it is being prepared: short transactions, invisible until `finishPrepare`. */
export async function beginPrepare(
  db: Kysely<Tables>,
  start: PrepareStart,
  leaseUntil: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const open = await trx
      .selectFrom('handoff')
      .select(['id', 'state'])
      .where('incident', '=', start.incident)
      .where('state', 'in', ['preparing', 'undecided'])
      .executeTakeFirst();
    if (open) {
      throw new DecisionFault('handoff-undecided', { handoff: open.id, state: open.state });
    }
    await assertDocument(trx, start.incident, start.incidentSha256);
    await trx
      .insertInto('handoff')
      .values({
        id: start.id,
        incident: start.incident,
        state: 'preparing',
        mode: start.mode,
        requester: start.requester,
        prepared_at: start.at.getTime(),
        lease_until: leaseUntil.getTime(),
        outcome: null,
        plan: null,
        plan_sha256: null,
        plan_signature: null,
        review: null,
        review_sha256: null,
        report: null,
      })
      .execute();
  });
}

/** The one transaction that makes a prepared handoff visible. */
export async function finishPrepare(
  db: Kysely<Tables>,
  clock: Clock,
  prepared: FinishedPrepare,
  at: Date,
  act: ActRecord,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('handoff')
      .set({
        state: prepared.batches.length === 0 ? 'nothing-to-send' : 'undecided',
        lease_until: null,
        plan: prepared.plan,
        plan_sha256: prepared.planSha256,
        review: prepared.review,
        review_sha256: prepared.reviewSha256,
        report: JSON.stringify(prepared.report),
      })
      .where('id', '=', prepared.id)
      .where('state', '=', 'preparing')
      .executeTakeFirst();
    // Swept by another process that took this one for dead: its pages and files are gone.
    if (changed.numUpdatedRows !== 1n) {
      throw new DecisionFault('handoff-unknown', { handoff: prepared.id });
    }
    await insertSources(trx, prepared);
    await insertBatches(trx, prepared, at);
    await insertRecalls(trx, prepared);
    if (prepared.recalls === undefined) await advanceIncident(trx, prepared);
    const leaf = await appendAct(trx, act, clock);
    for (const word of prepared.words ?? []) await insertWord(trx, word, leaf);
  });
}

async function insertSources(trx: Transaction<Tables>, prepared: FinishedPrepare): Promise<void> {
  const rows = prepared.sources.map(({ specSha256, ...source }) => ({
    ...source,
    handoff: prepared.id,
    spec_sha256: specSha256,
    sender: source.sender ?? null,
    received: source.received ?? null,
  }));
  if (rows.length > 0) await trx.insertInto('source').values(rows).execute();
}

async function insertBatches(
  trx: Transaction<Tables>,
  prepared: FinishedPrepare,
  at: Date,
): Promise<void> {
  const { incident, mode } = await handoffOf(trx, prepared.id);
  for (const batch of prepared.batches) {
    await trx
      .insertInto('batch')
      .values({
        id: batch.batch,
        handoff: prepared.id,
        incident,
        recipient: batch.recipient,
        file: batch.file,
        bytes: batch.bytes,
        sha256: batch.sha256,
        nonce_sha256: batch.nonceSha256 ?? null,
        subject: prepared.subject ?? null,
        cards: batch.cards,
        first_reference: batch.firstReference,
        issuers: JSON.stringify(batch.issuers),
        state: prepared.words === undefined ? 'built' : 'claimed',
        fence: 0,
        lease_until: null,
        attempts: 0,
        publishing_name: null,
        evidence: null,
        fault: null,
        changed_at: at.getTime(),
        available_at: null,
        ...{ mode, tested_by: null, tested_state: null, approved_in: null, doubted_leaf: null },
      })
      .execute();
  }
}

async function insertRecalls(trx: Transaction<Tables>, prepared: FinishedPrepare): Promise<void> {
  for (const { batch, recalled, basis, runs } of prepared.recalls ?? []) {
    const followed = await trx
      .selectFrom('recall_proposal')
      .select('leaf')
      .where('batch', '=', recalled)
      .executeTakeFirst();
    const proposal = basis === 'amendment' ? (followed?.leaf ?? null) : null;
    await trx.insertInto('recall').values({ batch, recalled, basis, runs, proposal }).execute();
  }
}

function handoffOf(
  trx: Transaction<Tables>,
  handoff: string,
): Promise<{ incident: string; mode: 'drill' | 'live' }> {
  return trx
    .selectFrom('handoff')
    .select(['incident', 'mode'])
    .where('id', '=', handoff)
    .executeTakeFirstOrThrow();
}

/** Record references are never allotted twice, also when the handoff is cancelled later. */
async function advanceIncident(trx: Transaction<Tables>, prepared: FinishedPrepare): Promise<void> {
  const { incident } = await handoffOf(trx, prepared.id);
  const { nextReference, wrappedKey, report } = prepared;
  let update = trx
    .updateTable('incident')
    .set({
      next_reference: nextReference,
      ...(wrappedKey === undefined ? {} : { wrapped_key: wrappedKey }),
    })
    .where('id', '=', incident)
    // The row may have been read before another prepare of the incident ended: its references and key stand.
    .where('next_reference', '=', nextReference - report.cards);
  if (wrappedKey !== undefined) update = update.where('wrapped_key', 'is', null);
  const changed = await update.executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) {
    throw new DecisionFault('handoff-undecided', { handoff: prepared.id });
  }
}

/**
 * Removes what an unfinished prepare stored. Its pages are known by the batches they were announced for; those of a
 * process that died are found as soon as no other prepare has any. A handoff that became visible meanwhile stays whole.
 */
export async function discardPrepare(
  db: Kysely<Tables>,
  clock: Clock,
  id: string,
  batches: readonly string[],
  act: ActRecord | undefined,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (act) await appendAct(trx, act, clock);
    const found = await trx
      .selectFrom('handoff')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirst();
    if (found !== undefined && found.state !== 'preparing') return;
    if (batches.length > 0) {
      await trx.deleteFrom('card_page').where('batch', 'in', batches).execute();
      await trx.deleteFrom('hash_page').where('batch', 'in', batches).execute();
    }
    for (const table of pagesOfHandoff) {
      await trx.deleteFrom(table).where('handoff', '=', id).execute();
    }
    await trx.deleteFrom('handoff').where('id', '=', id).where('state', '=', 'preparing').execute();
    await sweepPages(trx);
  });
}

/** Pages that name their handoff. */
const pagesOfHandoff = ['relied_page', 'finding_page', 'reference_page', 'person_page'] as const;

/**
 * Pages whose batch never became visible, left by a process that died, and pages of a handoff that is gone: one that was
 * taken for dead may have written on.
 */
async function sweepPages(trx: Transaction<Tables>): Promise<void> {
  const visible = trx.selectFrom('batch').select('id');
  const preparing = await trx
    .selectFrom('handoff')
    .select('id')
    .where('state', '=', 'preparing')
    .executeTakeFirst();
  // While another process prepares, its pages have no batch row yet and must stay.
  if (preparing) return;
  await trx.deleteFrom('card_page').where('batch', 'not in', visible).execute();
  await trx.deleteFrom('hash_page').where('batch', 'not in', visible).execute();
  const handoffs = trx.selectFrom('handoff').select('id');
  for (const table of pagesOfHandoff) {
    await trx.deleteFrom(table).where('handoff', 'not in', handoffs).execute();
  }
}

export async function insertReliedPage(
  db: Kysely<Tables>,
  handoff: string,
  batch: string,
  hashes: Uint8Array,
  isRepeated: boolean,
): Promise<void> {
  await db
    .insertInto('relied_page')
    .values({
      ...{ handoff, batch, cards: hashes.length / KEYED_HASH_BYTES, hashes },
      is_repeated: isRepeated ? 1 : 0,
    })
    .execute();
}
