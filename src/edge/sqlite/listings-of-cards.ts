import type { Kysely } from 'kysely';

import { KEYED_HASH_BYTES } from '../../domain/cards/keyed-hash.ts';
import { findHashRow, HASH_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { ListedCard } from '../../exchange/waivers/waiver-exceptions.ts';
import { hashRows } from './covered-cards.ts';
import type { Tables } from './tables.ts';

/**
 * For each of these cards of an incident, every listing of the same card there, oldest first: recalled or not, of any
 * handoff. A card whose hashes were purged has the one that was named. Memory: the hash rows of one batch.
 */
export async function listingsOfCards(
  db: Kysely<Tables>,
  incident: string,
  cards: readonly ListedCard[],
): Promise<readonly (readonly ListedCard[])[]> {
  if (cards.length === 0) return [];
  const batches = await db
    .selectFrom('batch')
    .select(['id', 'cards', 'first_reference as first'])
    .where('incident', '=', incident)
    // A recall file has no cards of its own.
    .where('id', 'not in', db.selectFrom('recall').select('recall.batch'))
    .orderBy('first_reference')
    .execute();
  const hashes = new Map<number, Uint8Array>();
  for (const { id, cards: count, first } of batches) {
    const wanted = new Set(
      cards.flatMap((card) => (card.batch === id ? [card.record - first] : [])),
    );
    if (wanted.size === 0) continue;
    for (const [place, hash] of hashesAt(await hashRows(db, id, count), wanted)) {
      hashes.set(first + place, hash);
    }
  }
  const listings = cards.map((card) => (hashes.has(card.record) ? [] : [card]));
  for (const { id, cards: count, first } of batches) {
    const rows = await hashRows(db, id, count);
    for (const [at, { record }] of cards.entries()) {
      const hash = hashes.get(record);
      const place = hash === undefined ? -1 : findHashRow(rows, hash);
      if (place !== -1) listings[at]!.push({ batch: id, record: first + place });
    }
  }
  return listings;
}

/** Rows stand by hash, so that a place is looked for in all of them. */
function* hashesAt(
  rows: Uint8Array,
  places: ReadonlySet<number>,
): Generator<readonly [number, Uint8Array]> {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
  for (let at = 0; at < rows.length; at += HASH_ROW_BYTES) {
    const place = view.getUint32(at + KEYED_HASH_BYTES, true);
    if (places.has(place)) yield [place, rows.slice(at, at + KEYED_HASH_BYTES)];
  }
}
