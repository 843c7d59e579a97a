import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { findHashRow, HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { EarlierBatch } from '../../exchange/handoff/card-process.ts';
import type { Uncovered } from '../../exchange/handoff/handoff-register.ts';
import { possibleRecalls, withoutRecalled } from './recalled-cards.ts';
import type { Tables } from './tables.ts';

/** States in which a batch no longer counts as handed off. */
const endedBadly = ['failed', 'expired', 'cancelled'] as const;

/** Nobody but its requester says so yet. */
const unconfirmed = ['claimed'] as const;

/**
 * Hash rows of the incident's batches that are not ended badly, oldest first; of one recipient's, or of all. Without those
 * of cards that were recalled, or perhaps: a list that needs one again sends it anew.
 */
export async function earlierBatches(
  db: Kysely<Tables>,
  incident: string,
  recipient?: string,
): Promise<readonly EarlierBatch[]> {
  return Array.fromAsync(eachEarlierBatch(db, incident, recipient));
}

/** The same, one at a time: memory for the rows of one. */
export async function* eachEarlierBatch(
  db: Kysely<Tables>,
  incident: string,
  recipient?: string,
): AsyncGenerator<EarlierBatch, void> {
  let query = db
    .selectFrom('batch')
    .select(['id', 'recipient', 'cards'])
    .where('incident', '=', incident)
    .where('state', 'not in', [...endedBadly, ...unconfirmed])
    // A recall file has no cards of its own.
    .where('id', 'not in', db.selectFrom('recall').select('recall.batch'));
  const recalls = await possibleRecalls(db, incident);
  const recalled = await recalledBatches(db, incident);
  if (recipient !== undefined) query = query.where('recipient', '=', recipient);
  for (const batch of await query.orderBy('first_reference').execute()) {
    const all = await hashRows(db, batch.id, batch.cards);
    const rows = withoutRecalled(all, recalls.get(batch.id));
    if (rows.length === 0) continue;
    const flag = recalled.has(batch.id) ? { isRecalled: true as const } : {};
    yield { batch: batch.id, recipient: batch.recipient, ...flag, rows };
  }
}

/**
 * Batches of which cards were settled before the scope grew again. Which cards were set aside stands nowhere, so that
 * none of theirs is taken for watched.
 */
async function recalledBatches(db: Kysely<Tables>, incident: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('recall_settled')
    .innerJoin('batch', 'batch.id', 'recall_settled.batch')
    .innerJoin('incident_version', 'incident_version.incident', 'batch.incident')
    .select('recall_settled.batch')
    .where('batch.incident', '=', incident)
    .where('incident_version.to_read', 'is not', null)
    .whereRef('incident_version.leaf', '>', 'recall_settled.leaf')
    .execute();
  return new Set(rows.map((row) => row.batch));
}

/** The pages of one batch put together. Memory: the rows and one page. */
export async function hashRows(
  db: Kysely<Tables>,
  batch: string,
  cards: number,
): Promise<Uint8Array> {
  const all = new Uint8Array(cards * HASH_ROW_BYTES);
  let filled = 0;
  const pages = db
    .selectFrom('hash_page')
    .select('rows')
    .where('batch', '=', batch)
    .orderBy('first_hash');
  for await (const { rows } of pages.stream()) {
    all.set(rows, filled);
    filled += rows.length;
  }
  return all.subarray(0, filled);
}

/**
 * Cards that a live handoff left out because an earlier batch was to bring them, and that no good batch for the same
 * recipient holds now that the earlier one ended badly, or was recalled as a whole file that was wrong. Cards that an
 * amendment or an officer left out one by one are not to be watched, so that none of them lacks.
 */
export async function uncoveredCards(db: Kysely<Tables>): Promise<readonly Uncovered[]> {
  const recalled = await possibleRecalls(db);
  const wrong = [...recalled].flatMap(([batch, recalls]) =>
    recalls.some(({ basis }) => basis === 'batches') ? [batch] : [],
  );
  const broken = await db
    .selectFrom('relied_page')
    .innerJoin('batch', 'batch.id', 'relied_page.batch')
    .innerJoin('handoff', 'handoff.id', 'relied_page.handoff')
    .select([
      'relied_page.handoff',
      'relied_page.batch',
      'relied_page.hashes',
      'batch.recipient',
      'batch.incident',
      'batch.subject',
    ])
    .where((eb) => eb.or([eb('batch.state', 'in', endedBadly), eb('batch.id', 'in', wrong)]))
    .where('relied_page.is_repeated', '=', 0)
    .where('handoff.state', '<>', 'preparing')
    .where((eb) =>
      eb.or([eb('handoff.outcome', 'is', null), eb('handoff.outcome', '=', 'approve')]),
    )
    .execute();
  const found: Uncovered[] = [];
  for (const { handoff, batch, recipient, incident, subject, hashes } of broken) {
    const cards = countMissing(hashes, await coveringBatches(db, incident, recipient));
    const named = subject === null ? {} : { subject };
    if (cards > 0) found.push({ handoff, batch, recipient, incident, ...named, cards });
  }
  return found;
}

async function coveringBatches(
  db: Kysely<Tables>,
  incident: string,
  recipient: string,
): Promise<readonly EarlierBatch[]> {
  const batches = await earlierBatches(db, incident, recipient);
  return batches.filter(({ isRecalled }) => isRecalled !== true);
}

function countMissing(hashes: Uint8Array, good: readonly EarlierBatch[]): number {
  let missing = 0;
  for (let at = 0; at < hashes.length; at += KEYED_HASH_BYTES) {
    const hash = hashes.subarray(at, at + KEYED_HASH_BYTES);
    if (good.every((batch) => findHashRow(batch.rows, hash) === -1)) missing += 1;
  }
  return missing;
}
