/** Bytes from `from` up to, but not with, `to`. */
export type ByteRange = readonly [from: number, to: number];

/** So many gaps no honest client leaves: what would need more is not remembered. */
const RANGES_MAX = 256;

/**
 * What is known to be sent of a file, with more of it: in order, without overlap and without touching ranges.
 *
 * Of more than 256 ranges the shortest are forgotten, which makes a file less read than it is, and never more. Empty and
 * reversed ranges count for nothing. Throws nothing.
 */
export function joinRanges(
  known: readonly ByteRange[],
  more: readonly ByteRange[],
): readonly ByteRange[] {
  const all = [...known, ...more].filter(([from, to]) => from >= 0 && from < to);
  all.sort(([left], [right]) => left - right);
  const joined: [number, number][] = [];
  for (const [from, to] of all) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  if (joined.length <= RANGES_MAX) return joined;
  const kept = joined
    .toSorted((left, right) => right[1] - right[0] - (left[1] - left[0]))
    .slice(0, RANGES_MAX);
  return kept.toSorted(([left], [right]) => left - right);
}

/** How many bytes they are. */
export function bytesIn(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Whether they are the whole of a file of so many bytes. */
export function isWholeFile(ranges: readonly ByteRange[], sizeBytes: number): boolean {
  const [first] = ranges;
  return ranges.length === 1 && first![0] === 0 && first![1] >= sizeBytes;
}
