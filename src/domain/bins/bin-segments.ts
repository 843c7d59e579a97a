// Ranges that lie inside and across one another, cut into pieces that do not: for each eleven-digit
// beginning of a PAN the one range that decides. Made once, when a table is loaded.

import type { BinColumns } from './bin-columns.ts';

export interface BinSegments {
  /** Where each piece begins, ascending; the first at 0. It ends where the next begins. */
  readonly starts: Float64Array;
  /** Place of the deciding range in the columns, or -1. */
  readonly owners: Int32Array;
}

/** Of the ranges that cover a piece the one with the most digits owns it. Same-width ranges are disjoint. */
export function cutIntoSegments(columns: BinColumns): BinSegments {
  const { count, from, to } = columns;
  const cuts = new Float64Array(2 * count + 1);
  cuts.set(from);
  for (let i = 0; i < count; i++) cuts[count + i] = to[i]! + 1;
  cuts.sort();

  const starts = new Float64Array(cuts.length);
  const owners = new Int32Array(cuts.length);
  const owner = ownerFinder(columns);
  let pieces = 0;
  for (let i = 0; i < cuts.length; i++) {
    const cut = cuts[i]!;
    if (i > 0 && cut === cuts[i - 1]) continue;
    const found = owner(cut);
    if (pieces > 0 && owners[pieces - 1] === found) continue;
    starts[pieces] = cut;
    owners[pieces++] = found;
  }
  return { starts: starts.slice(0, pieces), owners: owners.slice(0, pieces) };
}

/** Answers for ascending positions: in each width it only ever moves forward. */
function ownerFinder({ count, from, to, width }: BinColumns): (position: number) => number {
  const byWidth: number[][] = [];
  for (let i = 0; i < count; i++) (byWidth[width[i]!] ??= []).push(i);
  const widestFirst = byWidth.filter((list) => list.length > 0).reverse();
  const next = new Uint32Array(widestFirst.length);
  return (position) => {
    for (let w = 0; w < widestFirst.length; w++) {
      const list = widestFirst[w]!;
      while (next[w]! < list.length && to[list[next[w]!]!]! < position) next[w]!++;
      const candidate = list[next[w]!];
      if (candidate !== undefined && from[candidate]! <= position) return candidate;
    }
    return -1;
  };
}
