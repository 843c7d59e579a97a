// Ranges of an issuer table as columns: checked, in order, without overlaps of the same width.

import { createHash } from 'node:crypto';
import { brands } from '../cards/brands.ts';
import { type BinEntry, type BinRange, BIN_DIGITS_MAX, prefixStep } from './bin-range.ts';
import { RangeRows } from './range-rows.ts';
import { BinsFault } from './errors.ts';

/**
 * In order of `from`, then of `width`. Digits are spread to eleven: 411111 covers 41111100000 to
 * 41111199999. The typed arrays that a look-up needs are over shared memory.
 */
export interface BinColumns {
  readonly count: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Digits the range was given with. */
  readonly width: Uint8Array;
  /** Place in `brands` that the table states; 0 when it does not say. */
  readonly brand: Uint8Array;
  /** Place in `entries` of what is said of the range. */
  readonly entry: Uint32Array;
  readonly entries: readonly BinEntry[];
}

/** Ranges hashed at once; keeps the text of a large table out of memory. */
const RANGES_AT_ONCE = 4096;

/**
 * Columns of the ranges that are in force on `on`. The others are checked too, but may overlap.
 *
 * Throws BinsFault `bin-malformed`, `bin-reversed`, `bin-overlap`, naming the line.
 */
export function placeRanges(ranges: Iterable<BinRange>, on: string): BinColumns {
  const rows = new RangeRows();
  for (const range of ranges) rows.add(range, on);
  return placeRows(rows);
}

/** Columns of ranges that were checked and are in force. Throws BinsFault `bin-overlap`, naming the line. */
export function placeRows(rows: RangeRows): BinColumns {
  const order = rows.sorted();
  const { count, entries } = rows;
  const columns = {
    count,
    from: new Float64Array(new SharedArrayBuffer(count * 8)),
    to: new Float64Array(new SharedArrayBuffer(count * 8)),
    width: new Uint8Array(new SharedArrayBuffer(count)),
    brand: new Uint8Array(new SharedArrayBuffer(count)),
    entry: new Uint32Array(count),
    entries,
  };
  for (let i = 0; i < count; i++) {
    const row = order[i]!;
    const entry = rows.entry[row]!;
    columns.from[i] = rows.from[row]!;
    columns.to[i] = rows.to[row]!;
    columns.width[i] = rows.width[row]!;
    columns.brand[i] = entries[entry]!.brandIndex;
    columns.entry[i] = entry;
  }
  refuseOverlaps(columns, (place) => rows.line[order[place]!]!);
  return columns;
}

/**
 * SHA-256, 64 hex digits, over one line for each range: `JSON [low, high, digits, brand id, issuer,
 * country]` and a newline, low and high as numbers.
 */
export function digestColumns({ count, from, to, width, entry, entries }: BinColumns): string {
  const hash = createHash('sha256');
  const said = entries.map(renderEntry);
  for (let done = 0; done < count; done += RANGES_AT_ONCE) {
    let text = '';
    for (let i = done; i < Math.min(count, done + RANGES_AT_ONCE); i++) {
      const step = prefixStep(width[i]!);
      text += `[${from[i]! / step},${(to[i]! + 1) / step - 1},${width[i]!},${said[entry[i]!]!}\n`;
    }
    hash.update(text);
  }
  return hash.digest('hex');
}

function renderEntry({ brandIndex, issuer, country }: BinEntry): string {
  const brandId = brandIndex === 0 ? '' : brands[brandIndex]!.id;
  return JSON.stringify([brandId, issuer, country]).slice(1);
}

function refuseOverlaps(columns: BinColumns, lineOf: (place: number) => number): void {
  const { count, from, to, width } = columns;
  const before = new Int32Array(BIN_DIGITS_MAX + 1).fill(-1);
  for (let i = 0; i < count; i++) {
    const other = before[width[i]!]!;
    if (other >= 0 && from[i]! <= to[other]!) {
      const lines = [lineOf(i), lineOf(other)];
      const [line, otherLine] = [Math.max(...lines), Math.min(...lines)];
      throw new BinsFault('bin-overlap', { line, otherLine });
    }
    before[width[i]!] = i;
  }
}
