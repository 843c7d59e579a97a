import { PACKED_PAN_BYTES, unpackPan } from '../domain/cards/packed-pan.ts';
import { truncatePan } from '../domain/cards/truncation.ts';
import { CARD_PAGE_ROWS, CARD_ROW_BYTES, HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { ArrangedBatch, Arrangement } from './arrange-batches.ts';
import { frameKind } from './frames.ts';
import { copyHash, hashRowPieces } from './hash-index.ts';
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
  const page = new Uint8Array(Math.min(count, CARD_PAGE_ROWS) * CARD_ROW_BYTES);
  for (let first = 0, number = 0; first < count; first += CARD_PAGE_ROWS, number += 1) {
    const to = Math.min(count, first + CARD_PAGE_ROWS);
    writeCardRows(page, cards, hashes, arrangement, batch, first, to);
    const rows = page.subarray(0, (to - first) * CARD_ROW_BYTES);
    await outbound.sendRows(frameKind.cardPage, { batch: id, number, first }, rows);
  }
  const order = arrangement.order.subarray(batch.start, batch.end);
  const pieces = hashRowPieces(hashes, order);
  await outbound.sendPieces(frameKind.hashPage, { batch: id }, count * HASH_ROW_BYTES, pieces);
}

/** Every byte of a row is written: the page before stood in the same memory. */
function writeCardRows(
  rows: Uint8Array,
  cards: CardTable,
  hashes: Uint8Array,
  arrangement: Arrangement,
  batch: ArrangedBatch,
  from: number,
  to: number,
): void {
  const view = new DataView(rows.buffer);
  const digits = new Uint8Array(19);
  let run = 0;
  for (let index = from; index < to; index += 1) {
    const place = batch.start + index;
    while (place >= batch.groups[run]!.end) run += 1;
    const card = arrangement.order[place]!;
    const at = (index - from) * CARD_ROW_BYTES;
    copyHash(hashes, card, rows, at);
    truncatePan(digits, unpackPan(cards.packed, card * PACKED_PAN_BYTES, digits), rows, at + 12);
    view.setUint16(at + 18, cards.expiry[card]!, true);
    view.setUint8(at + 20, cards.brand[card]!);
    view.setUint8(at + 21, 0);
    view.setUint16(at + 22, run, true);
    view.setUint32(at + 24, cards.windows[card]!, true);
    view.setUint32(at + 28, secondsOf(cards.firstSeen[card]!), true);
    view.setUint32(at + 32, secondsOf(cards.lastSeen[card]!), true);
    view.setUint32(at + 36, cards.references[card]!, true);
  }
  digits.fill(0);
}

/** Seconds since 1970 in 32 bits; what is unknown or outside that range is stored as 0. */
function secondsOf(ms: number): number {
  return ms > 0 && ms < 4_294_967_296_000 ? Math.floor(ms / 1000) : 0;
}
