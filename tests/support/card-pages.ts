import { KEYED_HASH_BYTES } from '../../src/domain/cards/keyed-hash.ts';
import { CARD_ROW_BYTES, HASH_ROW_BYTES } from '../../src/domain/handoff/card-page.ts';
import type { StoreBench } from './store-bench.ts';

// Pages as the CDE process sends them, for cards that are only numbers: nothing here was ever a card number.

/** Keyed hashes of made-up cards, one after the other. */
export function hashesOf(cards: readonly number[]): Uint8Array {
  const hashes = new Uint8Array(cards.length * KEYED_HASH_BYTES);
  const view = new DataView(hashes.buffer);
  cards.forEach((card, index) => {
    // Spread over the range, so that order by hash is not the order of the numbers.
    view.setUint32(index * KEYED_HASH_BYTES, Math.imul(card, 0x9e37_79b1) >>> 0);
    view.setUint32(index * KEYED_HASH_BYTES + 8, card);
  });
  return hashes;
}

/** Rows of the hash index, sorted by hash. */
export function hashPage(cards: readonly number[]): Uint8Array {
  const hashes = hashesOf(cards);
  const rows = cards.map((_, place) => {
    const row = new Uint8Array(HASH_ROW_BYTES);
    row.set(hashes.subarray(place * KEYED_HASH_BYTES, (place + 1) * KEYED_HASH_BYTES));
    new DataView(row.buffer).setUint32(KEYED_HASH_BYTES, place, true);
    return row;
  });
  rows.sort((a, b) => Buffer.compare(a, b));
  return new Uint8Array(Buffer.concat(rows));
}

/** Rows that differ by the number of references; their truncated numbers are zeros of sixteen digits. */
export function cardPage(cards: readonly number[]): Uint8Array {
  const rows = new Uint8Array(cards.length * CARD_ROW_BYTES);
  const view = new DataView(rows.buffer);
  cards.forEach((card, place) => {
    view.setUint8(place * CARD_ROW_BYTES + 5, 16);
    view.setUint32(place * CARD_ROW_BYTES + 24, card, true);
  });
  return rows;
}

/** Puts the cards of a stored batch into the first window of its incident, each seen once, on 9 January 2020. */
export async function putInJanuary({ db }: StoreBench, batch: string): Promise<void> {
  const query = db.selectFrom('card_page').select('rows').where('batch', '=', batch);
  const rows = new Uint8Array((await query.executeTakeFirstOrThrow()).rows);
  const view = new DataView(rows.buffer);
  for (let at = 0; at < rows.length; at += CARD_ROW_BYTES) {
    view.setUint32(at + 12, 1, true);
    for (const place of [16, 20]) view.setUint32(at + place, Date.UTC(2020, 0, 9) / 1000, true);
  }
  await db.updateTable('card_page').set({ rows }).where('batch', '=', batch).execute();
}
