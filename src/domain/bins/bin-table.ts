// Who issued a card: the acquirer's issuer table, compiled for tens of millions of lookups.

import { type BinColumns, digestColumns, placeRanges } from './bin-columns.ts';
import { type BinEntry, type BinRange, BIN_DIGITS_MAX, isDate } from './bin-range.ts';
import { type BinSegments, cutIntoSegments } from './bin-segments.ts';
import { BinsFault } from './errors.ts';

/** Six digits choose a slice of the segments, eleven decide within it. */
const SIX_DIGITS = 1_000_000;
const BEHIND_SIX = 100_000;

/** A table as it is in force on one day. Immutable. */
export class BinTable {
  /** SHA-256 over the ranges in force, 64 hex digits: tables of the same digest answer alike, and by the same index. */
  readonly digest: string;
  /** Number of ranges in force. */
  readonly size: number;
  readonly #columns: BinColumns;
  readonly #segments: BinSegments;
  /** For each six digits the last segment that begins at or before them. */
  readonly #bySix: Uint32Array;

  private constructor(columns: BinColumns) {
    this.digest = digestColumns(columns);
    this.size = columns.count;
    this.#columns = columns;
    this.#segments = cutIntoSegments(columns);
    this.#bySix = indexBySix(this.#segments.starts);
  }

  /**
   * Compiles the ranges that are in force on `on` (YYYY-MM-DD). Ranges that are not are checked too, but
   * may overlap: that is how one issuer follows another.
   *
   * Throws BinsFault `bin-malformed`, `bin-reversed`, `bin-overlap`, naming the line.
   */
  static from(ranges: readonly BinRange[], on: string): BinTable {
    if (!isDate(on)) throw new BinsFault('bin-malformed', { column: 'on' });
    return new BinTable(placeRanges(ranges, on));
  }

  /**
   * The range a PAN (or a BIN of 6 digits and more) belongs to, for `entry`; -1 when there is none.
   * A range with more digits wins over one with fewer. `digits` holds values 0 to 9.
   *
   * No allocation; one table read and a short binary search. Throws nothing.
   */
  indexOf(digits: Uint8Array, length: number): number {
    if (length < BIN_DIGITS_MAX) return this.#indexOfShort(digits, length);
    // Written out, since a loop here costs as much as the search; both parts stay small integers.
    const d = digits;
    const six = d[0]! * 100_000 + d[1]! * 10_000 + d[2]! * 1000 + d[3]! * 100 + d[4]! * 10 + d[5]!;
    const behind = d[6]! * 10_000 + d[7]! * 1000 + d[8]! * 100 + d[9]! * 10 + d[10]!;
    const key = six * BEHIND_SIX + behind;
    const { starts, owners } = this.#segments;
    let low = this.#bySix[six]!;
    let high = this.#bySix[six + 1]!;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= key) low = middle;
      else high = middle - 1;
    }
    return owners[low]!;
  }

  /** What the table says about the range `index` (0 to `size` - 1). Throws RangeError for another index. */
  entry(index: number): BinEntry {
    const entry = this.#columns.entries[index];
    if (entry === undefined) throw new RangeError('issuer table: no such range');
    return entry;
  }

  /** Fewer digits than a range may have (a person asking for a BIN): looks at all ranges. */
  #indexOfShort(digits: Uint8Array, length: number): number {
    const { count, from, to, width } = this.#columns;
    let key = 0;
    for (let i = 0; i < BIN_DIGITS_MAX; i++) key = key * 10 + (i < length ? digits[i]! : 0);
    let found = -1;
    for (let i = 0; i < count; i++) {
      if (width[i]! > length || key < from[i]! || key > to[i]!) continue;
      if (found === -1 || width[i]! > width[found]!) found = i;
    }
    return found;
  }
}

function indexBySix(starts: Float64Array): Uint32Array {
  const index = new Uint32Array(SIX_DIGITS + 1);
  let segment = 0;
  for (let six = 0; six <= SIX_DIGITS; six++) {
    const position = six * BEHIND_SIX;
    while (segment + 1 < starts.length && starts[segment + 1]! <= position) segment++;
    index[six] = segment;
  }
  return index;
}
