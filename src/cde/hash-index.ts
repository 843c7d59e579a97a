import { HASH_PAGE_ROWS, HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';
import { HashParts } from './hash-parts.ts';
import { wordsOf } from './hash-words.ts';

/** More rows than the first are put in order a stretch of the hashes at a time, in about so many stretches at most. */
const stretchRowsMin = 2 ** 21;
const stretchesMax = 4;

/**
 * The hash index of one batch: rows sorted by hash, in pages that lie behind each other in one piece of memory, `pages`
 * at a time. A piece is overwritten once the next is asked for.
 *
 * `order` holds the batch's cards in the order of the batch; a row is the hash of a card and its place in it.
 * Memory: 16 bytes for each of `stretchRows`, which are four a card for batches that are not small.
 */
export function* hashPages(
  hashes: Uint8Array,
  order: Int32Array,
  pages = 1,
  stretchRows = Math.max(stretchRowsMin, Math.ceil(order.length / stretchesMax)),
): Generator<Uint8Array> {
  const step = pages * HASH_PAGE_ROWS;
  const parts = new HashParts(wordsOf(hashes), order);
  const stretches = parts.stretches(stretchRows);
  const longest = stretches.reduce((most, { rows }) => Math.max(most, rows), 0);
  const rows = new Uint32Array(((longest + step) * HASH_ROW_BYTES) / 4);
  let left = order.length;
  let waiting = 0;
  for (const stretch of stretches) {
    parts.write(stretch, rows, waiting);
    const ready = waiting + stretch.rows;
    // Only the last piece of all may be shorter: what is left of a stretch goes before the next.
    const whole = ready === left ? ready : ready - (ready % step);
    for (let first = 0; first < whole; first += step) {
      const count = Math.min(step, whole - first);
      yield new Uint8Array(rows.buffer, first * HASH_ROW_BYTES, count * HASH_ROW_BYTES);
    }
    rows.copyWithin(0, (whole * HASH_ROW_BYTES) / 4, (ready * HASH_ROW_BYTES) / 4);
    waiting = ready - whole;
    left -= whole;
  }
}
