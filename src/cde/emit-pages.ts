import { PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import { truncatePacked } from '../domain/cards/truncation.ts';
import {
  CARD_PAGE_ROWS,
  CARD_ROW_BYTES,
  HASH_PAGE_ROWS,
  HASH_ROW_BYTES,
} from '../domain/handoff/card-page.ts';
import { isPackedReference } from '../domain/intake/packed-reference.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { ArrangedBatch, Arrangement } from './arrange-batches.ts';
import { frameKind } from './frames.ts';
import { hashPages } from './hash-index.ts';
import type { RowsSink } from './outbound.ts';

const rowWords = CARD_ROW_BYTES / 4;

/** No page of cards is longer. */
export const CARD_PAGE_BYTES_MAX = CARD_PAGE_ROWS * CARD_ROW_BYTES;

/** Pages of hashes are small for whoever looks one up; on their way, what a frame costs counts more. */
const hashPagesAtOnce = Math.floor(CARD_PAGE_BYTES_MAX / (HASH_PAGE_ROWS * HASH_ROW_BYTES));

/**
 * What the pages of one batch are made of: columns over shared memory, so that any thread can do it. `order` holds the
 * batch's cards in the order of the batch, `groupEnds` where each issuer's end in it; `hashes` are those of all cards.
 */
export interface BatchTask {
  readonly id: string;
  readonly cards: PagedCards;
  readonly order: Int32Array;
  readonly groupEnds: readonly number[];
  readonly hashes: Uint8Array;
}

/** The columns of a `CardTable` that say what card rows tell. */
type PagedCards = Pick<
  CardTable,
  'packed' | 'expiry' | 'brand' | 'windows' | 'firstSeen' | 'lastSeen' | 'references'
>;

/** The task for a batch of cards as they are now, which must not change until it is done. */
export function batchTask(
  { packed, expiry, brand, windows, firstSeen, lastSeen, references }: PagedCards,
  hashes: Uint8Array,
  { order }: Pick<Arrangement, 'order'>,
  { start, end, groups }: ArrangedBatch,
  id: string,
): BatchTask {
  return {
    ...{ id, hashes },
    cards: { packed, expiry, brand, windows, firstSeen, lastSeen, references },
    order: order.subarray(start, end),
    groupEnds: groups.map((run) => run.end - start),
  };
}

/** Sends the stored form of one batch: card pages in batch order, then pages of the hash index. No card number is in either. */
export async function emitPages(sink: RowsSink, task: BatchTask): Promise<void> {
  const { id: batch, order, hashes } = task;
  const page = new Uint8Array(Math.min(order.length * CARD_ROW_BYTES, CARD_PAGE_BYTES_MAX));
  for (let first = 0, number = 0; first < order.length; first += CARD_PAGE_ROWS, number += 1) {
    const to = Math.min(order.length, first + CARD_PAGE_ROWS);
    writeCardRows(page, task, first, to);
    const rows = page.subarray(0, (to - first) * CARD_ROW_BYTES);
    await sink.sendRows(frameKind.cardPage, { batch, number, first }, rows);
  }
  for (const rows of hashPages(hashes, order, hashPagesAtOnce)) {
    await sink.sendRows(frameKind.hashPages, { batch }, rows);
  }
}

/**
 * Numbers stand in memory as the layout says: `bin/mimamori.mjs` refuses big-endian machines. Every byte of a row
 * is written: the page before stood in the same memory.
 */
function writeCardRows(
  page: Uint8Array<ArrayBuffer>,
  { cards, order, groupEnds }: BatchTask,
  from: number,
  to: number,
): void {
  const { packed, expiry, brand, windows, firstSeen, lastSeen, references } = cards;
  const words = new Uint32Array(page.buffer);
  const halves = new Uint16Array(page.buffer);
  let run = 0;
  for (let index = from, at = 0; index < to; index += 1, at += rowWords) {
    while (index >= groupEnds[run]!) run += 1;
    const card = order[index]!;
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
