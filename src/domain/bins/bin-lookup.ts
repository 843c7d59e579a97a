// Which range of an issuer table a number belongs to: plain columns that threads share, without the issuers' names.

import { BIN_DIGITS_MAX } from './bin-range.ts';
import type { BinSegments } from './bin-segments.ts';

/**
 * A compiled issuer table over shared memory: given to a worker as it is, it is not copied. Range `i` is `entry(i)` of
 * the `BinTable` it came from.
 *
 * 19 bytes a range, 8 for each piece (at most two pieces a range, and one) and 1 MB for the slices.
 */
export interface BinLookupColumns {
  /** First and last eleven-digit beginning of each range, and the digits it was given with; ascending. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly width: Uint8Array;
  /** Place in `brands` that the table states for each range; 0 when it does not say. */
  readonly brand: Uint8Array;
  /** For each slice, that is four neighbours of six digits, the first piece that begins in it; one more than there are. */
  readonly slices: Uint32Array;
  /**
   * Two numbers for each piece, so that one memory access brings both: where in its slice it begins (it ends where the
   * next begins), and the range that decides in it, or -1.
   */
  readonly pieces: Int32Array;
}

/** Six digits choose a slice of the pieces, eleven decide within it. */
const SIX_DIGITS = 1_000_000;
const BEHIND_SIX = 100_000;
/**
 * Four at once: an index of 1 MB stays near the processor while numbers come in no order, and pieces of one slice lie
 * within a line or two of its cache.
 */
const SLICE_BITS = 2;
const SLICE_MASK = (1 << SLICE_BITS) - 1;
const SLICE_WIDTH = BEHIND_SIX << SLICE_BITS;
/** So few pieces are gone through without a branch: what cannot be foretold costs more than looking at all of them. */
const PIECES_AT_ONCE = 8;

/** Looks numbers up in the columns of one table, in whatever thread. Immutable. */
export class BinLookup {
  readonly columns: BinLookupColumns;
  readonly #slices: Uint32Array;
  readonly #pieces: Int32Array;
  readonly #brand: Uint8Array;

  constructor(columns: BinLookupColumns) {
    this.columns = columns;
    this.#slices = columns.slices;
    this.#pieces = columns.pieces;
    this.#brand = columns.brand;
  }

  /**
   * The range a PAN (or a BIN of 6 digits and more) belongs to; -1 when there is none. A range with more digits wins
   * over one with fewer. `digits` holds values 0 to 9.
   *
   * No allocation; two table reads and a short binary search. Throws nothing.
   */
  indexOf(digits: Uint8Array, length: number): number {
    if (length < BIN_DIGITS_MAX) return this.#indexOfShort(digits, length);
    // Written out, since a loop here costs as much as the search; both parts stay small integers.
    const d = digits;
    const six = d[0]! * 100_000 + d[1]! * 10_000 + d[2]! * 1000 + d[3]! * 100 + d[4]! * 10 + d[5]!;
    const behind = d[6]! * 10_000 + d[7]! * 1000 + d[8]! * 100 + d[9]! * 10 + d[10]!;
    const within = (six & SLICE_MASK) * BEHIND_SIX + behind;
    const pieces = this.#pieces;
    const slice = six >>> SLICE_BITS;
    let low = this.#slices[slice]!;
    let high = this.#slices[slice + 1]!;
    while (high - low > PIECES_AT_ONCE) {
      const middle = (low + high) >>> 1;
      if (pieces[2 * middle]! <= within) low = middle + 1;
      else high = middle;
    }
    // Each that begins at or before the number counts one: the sign of a difference is -1 or 0.
    let found = low;
    for (let piece = low; piece < high; piece++) found -= (pieces[2 * piece]! - within - 1) >> 31;
    // The piece before the first that begins behind the number; the very first begins at 0.
    return pieces[2 * found - 1]!;
  }

  /** The brand that the table states for range `index`, as place in `brands`; 0 when it does not say, or for -1. */
  brandOf(index: number): number {
    return index < 0 ? 0 : this.#brand[index]!;
  }

  /** Fewer digits than a range may have (a person asking for a BIN): looks at all ranges. */
  #indexOfShort(digits: Uint8Array, length: number): number {
    const { from, to, width } = this.columns;
    let key = 0;
    for (let i = 0; i < BIN_DIGITS_MAX; i++) key = key * 10 + (i < length ? digits[i]! : 0);
    let found = -1;
    for (let i = 0; i < width.length; i++) {
      if (width[i]! > length || key < from[i]! || key > to[i]!) continue;
      if (found === -1 || width[i]! > width[found]!) found = i;
    }
    return found;
  }
}

/** The pieces as the look-up wants them. */
export function indexSegments({
  starts,
  owners,
}: BinSegments): Pick<BinLookupColumns, 'slices' | 'pieces'> {
  const slices = new Uint32Array(new SharedArrayBuffer(((SIX_DIGITS >>> SLICE_BITS) + 1) * 4));
  const pieces = new Int32Array(new SharedArrayBuffer(starts.length * 8));
  let slice = 0;
  for (let piece = 0; piece < starts.length; piece++) {
    const own = Math.floor(starts[piece]! / SLICE_WIDTH);
    pieces[2 * piece] = starts[piece]! - own * SLICE_WIDTH;
    pieces[2 * piece + 1] = owners[piece]!;
    while (slice <= own) slices[slice++] = piece;
  }
  slices.fill(starts.length, slice);
  return { slices, pieces };
}
