// Which range of an issuer table a number belongs to: plain columns that threads share, without the issuers' names.

import { BIN_DIGITS_MAX } from './bin-range.ts';
import type { BinSegments } from './bin-segments.ts';

/**
 * A compiled issuer table over shared memory: given to a worker as it is, it is not copied. Range `i` is `entry(i)` of
 * the `BinTable` it came from.
 *
 * 19 bytes a range, 8 for each piece (at most two pieces a range, and one) and 4 MB for the six digits.
 */
export interface BinLookupColumns {
  /** First and last eleven-digit beginning of each range, and the digits it was given with; ascending. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly width: Uint8Array;
  /** Place in `brands` that the table states for each range; 0 when it does not say. */
  readonly brand: Uint8Array;
  /** For each six digits the first piece that begins with them; one more than there are. */
  readonly bySix: Uint32Array;
  /**
   * Two numbers for each piece, so that one memory access brings both: digits 7 to 11 at which it begins (it ends where
   * the next begins), and the range that decides in it, or -1.
   */
  readonly pieces: Int32Array;
}

/** Six digits choose a slice of the pieces, eleven decide within it. */
const SIX_DIGITS = 1_000_000;
const BEHIND_SIX = 100_000;

/** Looks numbers up in the columns of one table, in whatever thread. Immutable. */
export class BinLookup {
  readonly columns: BinLookupColumns;
  readonly #bySix: Uint32Array;
  readonly #pieces: Int32Array;
  readonly #brand: Uint8Array;

  constructor(columns: BinLookupColumns) {
    this.columns = columns;
    this.#bySix = columns.bySix;
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
    const pieces = this.#pieces;
    let low = this.#bySix[six]!;
    let high = this.#bySix[six + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (pieces[2 * middle]! <= behind) low = middle + 1;
      else high = middle;
    }
    // The piece before the first that begins behind the number; the very first begins at 0.
    return pieces[2 * low - 1]!;
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
}: BinSegments): Pick<BinLookupColumns, 'bySix' | 'pieces'> {
  const bySix = new Uint32Array(new SharedArrayBuffer((SIX_DIGITS + 1) * 4));
  const pieces = new Int32Array(new SharedArrayBuffer(starts.length * 8));
  let six = 0;
  for (let piece = 0; piece < starts.length; piece++) {
    const own = Math.floor(starts[piece]! / BEHIND_SIX);
    pieces[2 * piece] = starts[piece]! - own * BEHIND_SIX;
    pieces[2 * piece + 1] = owners[piece]!;
    while (six <= own) bySix[six++] = piece;
  }
  bySix.fill(starts.length, six);
  return { bySix, pieces };
}
