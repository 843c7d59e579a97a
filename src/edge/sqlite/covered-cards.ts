import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { EarlierBatch } from '../../exchange/card-process.ts';
import type { Uncovered } from '../../exchange/handoff-register.ts';
import type { Tables } from './tables.ts';

/** States in which a batch no longer counts as handed off. */
const endedBadly = ['failed', 'expired', 'cancelled'] as const;

/** Hash rows of the incident's batches that still count, oldest first. */
export async function earlierBatches(
  db: Kysely<Tables>,
  incident: string,
): Promise<readonly EarlierBatch[]> {
  const rows = await db
    .selectFrom('batch')
    .innerJoin('hash_page', 'hash_page.batch', 'batch.id')
    .select(['batch.id', 'batch.recipient', 'hash_page.rows'])
    .where('batch.incident', '=', incident)
    .where('batch.state', 'not in', endedBadly)
    .orderBy('batch.first_reference')
    .execute();
  return rows.map((row) => ({
    batch: row.id,
    recipient: row.recipient,
    rows: new Uint8Array(row.rows),
  }));
}

/**
 * Cards that a live handoff left out because an earlier batch was to bring them, and that no good batch for the same
 * recipient holds now that the earlier one ended badly.
 */
export async function uncoveredCards(db: Kysely<Tables>): Promise<readonly Uncovered[]> {
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
    ])
    .where('batch.state', 'in', endedBadly)
    .where('handoff.state', '<>', 'preparing')
    .where((eb) =>
      eb.or([eb('handoff.outcome', 'is', null), eb('handoff.outcome', '=', 'approve')]),
    )
    .execute();
  const found: Uncovered[] = [];
  for (const row of broken) {
    const good = (await earlierBatches(db, row.incident)).filter(
      (batch) => batch.recipient === row.recipient,
    );
    const cards = countMissing(row.hashes, good);
    if (cards > 0) {
      const { handoff, batch, recipient, incident } = row;
      found.push({ handoff, batch, recipient, incident, cards });
    }
  }
  return found;
}

function countMissing(hashes: Uint8Array, good: readonly EarlierBatch[]): number {
  let missing = 0;
  for (let at = 0; at < hashes.length; at += KEYED_HASH_BYTES) {
    const hash = hashes.subarray(at, at + KEYED_HASH_BYTES);
    if (!good.some((batch) => holds(batch.rows, hash))) missing += 1;
  }
  return missing;
}

/** Binary search in rows sorted by hash. */
function holds(rows: Uint8Array, hash: Uint8Array): boolean {
  let low = 0;
  let high = rows.length / HASH_ROW_BYTES;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareAt(rows, middle * HASH_ROW_BYTES, hash);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

function compareAt(rows: Uint8Array, at: number, hash: Uint8Array): number {
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) {
    const difference = rows[at + i]! - hash[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
