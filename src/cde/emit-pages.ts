import { PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import { truncatePacked } from '../domain/cards/truncation.ts';
import { CARD_PAGE_ROWS, CARD_ROW_BYTES } from '../domain/handoff/card-page.ts';
import { isPackedReference } from '../domain/intake/packed-reference.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { ArrangedBatch, Arrangement } from './arrange-batches.ts';
import { frameKind } from './frames.ts';
import { hashPages } from './hash-index.ts';
import type { Outbound } from './outbound.ts';

const rowWords = CARD_ROW_BYTES / 4;

/** Sends the stored form of one batch: card pages in batch order, then pages of the hash index. No card number is in either. */
export async function emitPages(
  outbound: Outbound,
  cards: CardTable,
  hashes: Uint8Array,
  arrangement: Arrangement,
  batch: ArrangedBatch,
  id: string,
): Promise<void> {
  const count = batch.end - batch.start;
  const page = new Uint8Array(Math.min(count, CARD_PAGE_ROWS) * CARD_ROW_BYTES);
  for (let first = 0, number = 0; first < count; first += CARD_PAGE_ROWS, number += 1) {
    const to = Math.min(count, first + CARD_PAGE_ROWS);
    writeCardRows(page, cards, arrangement.order, batch, first, to);
    const rows = page.subarray(0, (to - first) * CARD_ROW_BYTES);
    await outbound.sendRows(frameKind.cardPage, { batch: id, number, first }, rows);
  }
  const order = arrangement.order.subarray(batch.start, batch.end);
  for (const rows of hashPages(hashes, order)) {
    await outbound.sendRows(frameKind.hashPage, { batch: id }, rows);
  }
}

/**
 * Numbers stand in memory as the layout says: `bin/mimamori.mjs` refuses big-endian machines. Every byte of a row
 * is written: the page before stood in the same memory.
 */
function writeCardRows(
  page: Uint8Array<ArrayBuffer>,
  cards: CardTable,
  order: Int32Array,
  batch: ArrangedBatch,
  from: number,
  to: number,
): void {
  const { packed, expiry, brand, windows, firstSeen, lastSeen, references } = cards;
  const { groups, start } = batch;
  const words = new Uint32Array(page.buffer);
  const halves = new Uint16Array(page.buffer);
  let run = 0;
  for (let index = from, at = 0; index < to; index += 1, at += rowWords) {
    while (start + index >= groups[run]!.end) run += 1;
    const card = order[start + index]!;
    if (isPackedReference(packed, card * PACKED_PAN_BYTES)) {
      // No number, and what stands in place of an expiry is none.
      page.fill(0, at * 4, at * 4 + 8);
    } else {
      truncatePacked(packed, card * PACKED_PAN_BYTES, page, at * 4);
      halves[at * 2 + 3] = expiry[card]!;
    }
    words[at + 2] = brand[card]! | (run << 16);
    words[at + 3] = windows[card]!;
    words[at + 4] = secondsOf(firstSeen[card]!);
    words[at + 5] = secondsOf(lastSeen[card]!);
    words[at + 6] = references[card]!;
  }
}

/** Seconds since 1970 in 32 bits; what is unknown or outside that range is stored as 0. */
function secondsOf(ms: number): number {
  return ms > 0 && ms < 4_294_967_296_000 ? Math.floor(ms / 1000) : 0;
}
