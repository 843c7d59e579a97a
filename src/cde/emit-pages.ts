import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { PACKED_PAN_BYTES, unpackPan } from '../domain/cards/packed-pan.ts';
import { truncatePan } from '../domain/cards/truncation.ts';
import { CARD_PAGE_ROWS, CARD_ROW_BYTES, HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { ArrangedBatch, Arrangement } from './arrange-batches.ts';
import { frameKind } from './frames.ts';
import type { Outbound } from './outbound.ts';

/** Sends the stored form of one batch: card pages in batch order, then the hash index. No card number is in either. */
export async function emitPages(
  outbound: Outbound,
  cards: CardTable,
  hashes: Uint8Array,
  arrangement: Arrangement,
  batch: ArrangedBatch,
  id: string,
): Promise<void> {
  const count = batch.end - batch.start;
  for (let first = 0, number = 0; first < count; first += CARD_PAGE_ROWS, number += 1) {
    const rows = cardRows(
      cards,
      hashes,
      arrangement,
      batch,
      first,
      Math.min(count, first + CARD_PAGE_ROWS),
    );
    await outbound.sendRows(frameKind.cardPage, { batch: id, number, first }, rows);
  }
  await outbound.sendRows(frameKind.hashPage, { batch: id }, hashRows(hashes, arrangement, batch));
}

function cardRows(
  cards: CardTable,
  hashes: Uint8Array,
  arrangement: Arrangement,
  batch: ArrangedBatch,
  from: number,
  to: number,
): Uint8Array {
  const rows = new Uint8Array((to - from) * CARD_ROW_BYTES);
  const view = new DataView(rows.buffer);
  const digits = new Uint8Array(19);
  let run = 0;
  for (let index = from; index < to; index += 1) {
    const place = batch.start + index;
    while (place >= batch.groups[run]!.end) run += 1;
    const card = arrangement.order[place]!;
    const at = (index - from) * CARD_ROW_BYTES;
    rows.set(hashes.subarray(card * KEYED_HASH_BYTES, (card + 1) * KEYED_HASH_BYTES), at);
    truncatePan(digits, unpackPan(cards.packed, card * PACKED_PAN_BYTES, digits), rows, at + 12);
    view.setUint16(at + 18, cards.expiry[card]!, true);
    view.setUint8(at + 20, cards.brand[card]!);
    view.setUint16(at + 22, run, true);
    view.setUint32(at + 24, cards.windows[card]!, true);
    view.setUint32(at + 28, secondsOf(cards.firstSeen[card]!), true);
    view.setUint32(at + 32, secondsOf(cards.lastSeen[card]!), true);
    view.setUint32(at + 36, cards.references[card]!, true);
  }
  digits.fill(0);
  return rows;
}

/** Seconds since 1970 in 32 bits; what is unknown or outside that range is stored as 0. */
function secondsOf(ms: number): number {
  return ms > 0 && ms < 4_294_967_296_000 ? Math.floor(ms / 1000) : 0;
}

/**
 * Hash rows sorted by hash. The sort key is 26 bits of the hash and 26 bits of place in one float, which typed arrays
 * sort natively; neighbours with equal bits are put right by insertion.
 */
function hashRows(hashes: Uint8Array, arrangement: Arrangement, batch: ArrangedBatch): Uint8Array {
  const count = batch.end - batch.start;
  const source = new DataView(hashes.buffer, hashes.byteOffset);
  const keys = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const at = arrangement.order[batch.start + index]! * KEYED_HASH_BYTES;
    keys[index] = (source.getUint32(at, false) >>> 6) * placeRange + index;
  }
  keys.sort();
  const places = Int32Array.from(keys, (key) => key % placeRange);
  const hashAt = (place: number): number =>
    arrangement.order[batch.start + place]! * KEYED_HASH_BYTES;
  for (let i = 1; i < count; i += 1) {
    for (let j = i; j > 0 && isAfter(hashes, hashAt(places[j - 1]!), hashAt(places[j]!)); j -= 1) {
      const earlier = places[j - 1]!;
      places[j - 1] = places[j]!;
      places[j] = earlier;
    }
  }
  const rows = new Uint8Array(count * HASH_ROW_BYTES);
  const view = new DataView(rows.buffer);
  for (let i = 0; i < count; i += 1) {
    const from = hashAt(places[i]!);
    rows.set(hashes.subarray(from, from + KEYED_HASH_BYTES), i * HASH_ROW_BYTES);
    view.setUint32(i * HASH_ROW_BYTES + KEYED_HASH_BYTES, places[i]!, true);
  }
  return rows;
}

const placeRange = 2 ** 26;

function isAfter(hashes: Uint8Array, left: number, right: number): boolean {
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) {
    const difference = hashes[left + i]! - hashes[right + i]!;
    if (difference !== 0) return difference > 0;
  }
  return false;
}
