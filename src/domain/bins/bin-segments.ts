// Ranges that lie inside and across one another, cut into pieces that do not: for each eleven-digit
// beginning of a PAN the one range that decides. Made once, when a table is loaded.

import type { BinColumns } from './bin-columns.ts';
import { BIN_DIGITS_MAX } from './bin-range.ts';

export interface BinSegments {
  /** Where each piece begins, ascending; the first at 0. It ends where the next begins. */
  readonly starts: Float64Array;
  /** Place of the deciding range in the columns, or -1. */
  readonly owners: Int32Array;
}

/** Of the ranges that cover a piece the one with the most digits owns it. Same-width ranges are disjoint. */
export function cutIntoSegments(columns: BinColumns): BinSegments {
  const { count, from, to } = columns;
  const byWidth = widestFirst(columns);
  const next = new Uint32Array(byWidth.length);
  const starts = new Float64Array(2 * count + 1);
  const owners = new Int32Array(2 * count + 1);
  let pieces = 0;
  // From one border to the next; in each width it only ever moves forward.
  for (let cut = 0; cut < Infinity;) {
    let owner = -1;
    let border = Infinity;
    for (let w = 0; w < byWidth.length; w++) {
      const list = byWidth[w]!;
      if (next[w]! < list.length && to[list[next[w]!]!]! < cut) next[w]!++;
      if (next[w]! === list.length) continue;
      const range = list[next[w]!]!;
      const isInside = from[range]! <= cut;
      if (isInside && owner === -1) owner = range;
      border = Math.min(border, isInside ? to[range]! + 1 : from[range]!);
    }
    if (pieces === 0 || owners[pieces - 1] !== owner) {
      starts[pieces] = cut;
      owners[pieces++] = owner;
    }
    cut = border;
  }
  return { starts: starts.slice(0, pieces), owners: owners.slice(0, pieces) };
}

/** Ranges of each width in their order, the width with the most digits first. */
function widestFirst({ count, width }: BinColumns): Uint32Array[] {
  const counts = new Uint32Array(BIN_DIGITS_MAX + 1);
  for (let i = 0; i < count; i++) counts[width[i]!]!++;
  const lists = Array.from(counts, (length) => new Uint32Array(length));
  counts.fill(0);
  for (let i = 0; i < count; i++) lists[width[i]!]![counts[width[i]!]!++] = i;
  return lists.filter((list) => list.length > 0).reverse();
}
