// Ranges of an issuer table as columns: checked, in order, without overlaps of the same width.

import { createHash } from 'node:crypto';
import { brands } from '../cards/brands.ts';
import {
  assertBinRange,
  type BinEntry,
  type BinRange,
  BIN_DIGITS_MAX,
  isInForce,
  readBinEntry,
} from './bin-range.ts';
import { BinsFault } from './errors.ts';

/**
 * In order of `from`, then of `width`. Digits are spread to eleven: 411111 covers 41111100000 to
 * 41111199999.
 */
export interface BinColumns {
  readonly count: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Digits the range was given with. */
  readonly width: Uint8Array;
  readonly entries: readonly BinEntry[];
}

/** Ranges hashed at once; keeps the text of a large table out of memory. */
const RANGES_AT_ONCE = 4096;

/**
 * Columns of the ranges that are in force on `on`. The others are checked too, but may overlap.
 *
 * Throws BinsFault `bin-malformed`, `bin-reversed`, `bin-overlap`, naming the line.
 */
export function placeRanges(ranges: readonly BinRange[], on: string): BinColumns {
  const readEntry = entryReader();
  const rows = newColumns(ranges.length);
  const lines = new Float64Array(ranges.length);
  let count = 0;
  for (let i = 0; i < ranges.length; i++) {
    const range = ranges[i]!;
    const line = range.line ?? i + 1;
    assertBinRange(range, line);
    const entry = readEntry(range, line);
    if (!isInForce(range, on)) continue;
    const step = stepOf(range.low.length);
    rows.from[count] = Number(range.low) * step;
    rows.to[count] = (Number(range.high) + 1) * step - 1;
    rows.width[count] = range.low.length;
    rows.entries[count] = entry;
    lines[count++] = line;
  }
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => rows.from[a]! - rows.from[b]! || rows.width[a]! - rows.width[b]!);
  const columns = newColumns(count);
  for (let i = 0; i < count; i++) {
    const row = order[i]!;
    columns.from[i] = rows.from[row]!;
    columns.to[i] = rows.to[row]!;
    columns.width[i] = rows.width[row]!;
    columns.entries[i] = rows.entries[row]!;
  }
  refuseOverlaps(columns, (place) => lines[order[place]!]!);
  return columns;
}

/**
 * SHA-256, 64 hex digits, over one line for each range: `JSON [low, high, digits, brand id, issuer,
 * country]` and a newline, low and high as numbers.
 */
export function digestColumns({ count, from, to, width, entries }: BinColumns): string {
  const hash = createHash('sha256');
  const known = new Map<BinEntry, string>();
  for (let done = 0; done < count; done += RANGES_AT_ONCE) {
    let text = '';
    for (let i = done; i < Math.min(count, done + RANGES_AT_ONCE); i++) {
      const entry = entries[i]!;
      let said = known.get(entry);
      if (said === undefined) known.set(entry, (said = renderEntry(entry)));
      const step = stepOf(width[i]!);
      text += `[${from[i]! / step},${(to[i]! + 1) / step - 1},${width[i]!},${said}\n`;
    }
    hash.update(text);
  }
  return hash.digest('hex');
}

function renderEntry({ brandIndex, issuer, country }: BinEntry): string {
  const brandId = brandIndex === 0 ? '' : brands[brandIndex]!.id;
  return JSON.stringify([brandId, issuer, country]).slice(1);
}

function newColumns(count: number) {
  return {
    count,
    from: new Float64Array(count),
    to: new Float64Array(count),
    width: new Uint8Array(count),
    entries: new Array<BinEntry>(count),
  };
}

/** How many eleven-digit beginnings one prefix of `width` digits covers. */
function stepOf(width: number): number {
  return 10 ** (BIN_DIGITS_MAX - width);
}

/** A table names an issuer many times over: one entry for all of them, checked once. */
function entryReader(): (range: BinRange, line: number) => BinEntry {
  const byIssuer = new Map<string, { range: BinRange; entry: BinEntry }[]>();
  return (range, line) => {
    const known = byIssuer.get(range.issuer) ?? [];
    for (const { range: other, entry } of known) {
      if (other.brand === range.brand && other.country === range.country) return entry;
    }
    const entry = readBinEntry(range, line);
    if (known.push({ range, entry }) === 1) byIssuer.set(range.issuer, known);
    return entry;
  };
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
