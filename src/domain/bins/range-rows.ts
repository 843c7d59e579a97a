// Ranges of an issuer table while it is read: columns in the order of the file, and the order they shall have.

import {
  assertBinRange,
  type BinEntry,
  type BinRange,
  isInForce,
  prefixStep,
  prefixValue,
  readBinEntry,
} from './bin-range.ts';

const FIRST_ROWS = 1024;

/** Eleven digits and a width in two keys of 22 bits, each sorted in two passes. */
const SORT_BITS = 11;
const WIDTH_RANGE = 16;
const LOW_RANGE = 2 ** (2 * SORT_BITS) / WIDTH_RANGE;

/** Grows with the ranges added. Columns have room for more than `count` rows; read them when all are in. */
export class RangeRows {
  count = 0;
  from = new Float64Array(FIRST_ROWS);
  to = new Float64Array(FIRST_ROWS);
  width = new Uint8Array(FIRST_ROWS);
  line = new Float64Array(FIRST_ROWS);
  /** Place in `entries`. */
  entry = new Uint32Array(FIRST_ROWS);
  /** What is said of all ranges, mostly of many at once. */
  readonly entries: BinEntry[] = [];
  readonly #readEntry = entryReader(this.entries);
  #seen = 0;

  /**
   * Checks a range and keeps it when it is in force on `on`. Returns the place of its entry in `entries` in any case.
   *
   * Throws BinsFault `bin-malformed` and `bin-reversed`, naming the range's line, or its place from 1.
   */
  add(range: BinRange, on: string): number {
    this.#seen++;
    const line = range.line ?? this.#seen;
    assertBinRange(range, line);
    const entry = this.#readEntry(range, line);
    if (!isInForce(range, on)) return entry;
    const step = prefixStep(range.low.length);
    const to = (prefixValue(range.high) + 1) * step - 1;
    this.place(prefixValue(range.low) * step, to, range.low.length, entry, line);
    return entry;
  }

  /** Keeps a range that was checked: its digits spread to eleven, and the place of its entry in `entries`. */
  place(from: number, to: number, width: number, entry: number, line: number): void {
    if (this.count === this.width.length) this.#grow();
    const row = this.count++;
    this.from[row] = from;
    this.to[row] = to;
    this.width[row] = width;
    this.line[row] = line;
    this.entry[row] = entry;
  }

  /**
   * Rows by `from`, then `width`: a radix sort, since comparing hundreds of thousands of rows with a function takes
   * longer than reading the whole table.
   */
  sorted(): Uint32Array {
    const { count, from, width } = this;
    const high = new Uint32Array(count);
    const low = new Uint32Array(count);
    let places = new Uint32Array(count);
    let spare = new Uint32Array(count);
    for (let row = 0; row < count; row++) {
      high[row] = Math.floor(from[row]! / LOW_RANGE);
      low[row] = (from[row]! - high[row]! * LOW_RANGE) * WIDTH_RANGE + width[row]!;
      places[row] = row;
    }
    for (const keys of [low, high]) {
      for (const shift of [0, SORT_BITS]) {
        sortByDigit(keys, shift, places, spare);
        [places, spare] = [spare, places];
      }
    }
    return places;
  }

  #grow(): void {
    const rows = this.count * 2;
    this.from = longer(this.from, new Float64Array(rows));
    this.to = longer(this.to, new Float64Array(rows));
    this.width = longer(this.width, new Uint8Array(rows));
    this.line = longer(this.line, new Float64Array(rows));
    this.entry = longer(this.entry, new Uint32Array(rows));
  }
}

function longer<C extends Float64Array | Uint32Array | Uint8Array>(column: C, into: C): C {
  into.set(column);
  return into;
}

/** One pass: rows of `places` to `into`, by `SORT_BITS` bits of their keys; rows of the same bits stay in order. */
function sortByDigit(
  keys: Uint32Array,
  shift: number,
  places: Uint32Array,
  into: Uint32Array,
): void {
  const mask = (1 << SORT_BITS) - 1;
  const next = new Uint32Array(mask + 2);
  for (let i = 0; i < keys.length; i++) next[((keys[i]! >>> shift) & mask) + 1]!++;
  for (let value = 1; value < next.length; value++) next[value]! += next[value - 1]!;
  for (let i = 0; i < places.length; i++) {
    const row = places[i]!;
    const value = (keys[row]! >>> shift) & mask;
    into[next[value]!++] = row;
  }
}

/** What a table says of an issuer, in its own words and as read. */
interface Said {
  readonly brand: string | undefined;
  readonly country: string | undefined;
  readonly entry: number;
}

/** A table names an issuer many times over: one entry for all of them, checked once. */
function entryReader(entries: BinEntry[]): (range: BinRange, line: number) => number {
  const byIssuer = new Map<string, Said[]>();
  return (range, line) => {
    const { brand, country } = range;
    let known = byIssuer.get(range.issuer);
    for (let i = 0; i < (known?.length ?? 0); i++) {
      const said = known![i]!;
      if (said.brand === brand && said.country === country) return said.entry;
    }
    // A part of a long text keeps all of it in memory; a clone is a text of its own.
    const issuer = structuredClone(range.issuer);
    const entry = entries.push(readBinEntry({ ...range, issuer }, line)) - 1;
    if (known === undefined) byIssuer.set(issuer, (known = []));
    known.push({ brand, country, entry });
    return entry;
  };
}
