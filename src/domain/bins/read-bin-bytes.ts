// A whole issuer table from the bytes of its file. Text is made of the rows that are not plain, and of one row for
// everything that is said of an issuer: making it of all of them takes three times as long as compiling the table.

import { prefixStep } from './bin-range.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { BinsFault } from './errors.ts';
import { KnownEntries } from './known-entries.ts';
import { type ColumnNames, findColumns, type Places, readRow } from './parse-bin-csv.ts';
import { carriageReturn, lineFeed, PlainRow } from './plain-row.ts';
import { RangeRows } from './range-rows.ts';

const quote = 0x22;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * The ranges of a table that are in force on `on`; the others are checked too. The same as what `readBinCsv` reads of
 * the text, and the same refusals: BinsFault `bin-column-missing`, `bin-malformed`, `bin-reversed`.
 */
export function readBinBytes(bytes: Uint8Array, on: string, columns: ColumnNames = {}): RangeRows {
  const rows = new OddRows(bytes);
  const header = rows.next();
  if (header === undefined) throw new BinsFault('bin-column-missing', { line: 1, column: 'low' });
  const fieldCount = header.fields.length;
  const places = findColumns(header, columns);
  const plain = new PlainRow(bytes, fieldCount);
  const taker = new PlainRanges(plain, places, on);
  while (rows.at < bytes.length) {
    const end = plain.cut(rows.at);
    if (end !== -1 && taker.take(rows.line)) {
      rows.skip(end);
      continue;
    }
    const row = rows.next();
    if (row === undefined) break;
    if (row.fields.length !== fieldCount) {
      throw new BinsFault('bin-malformed', { line: row.line, column: 'fields' });
    }
    const entry = taker.rows.add(readRow(row, places), on);
    if (end !== -1) taker.remember(entry);
  }
  return taker.rows;
}

/** Takes ranges out of plain rows, when there is nothing to refuse in them. */
class PlainRanges {
  readonly rows = new RangeRows();
  readonly #row: PlainRow;
  readonly #known: KnownEntries;
  readonly #on: number;
  readonly #low: number;
  readonly #high: number;
  readonly #validFrom: number;
  readonly #validTo: number;

  constructor(row: PlainRow, places: Places, on: string) {
    this.#row = row;
    const { low, high, brand, issuer, country } = places;
    this.#known = new KnownEntries(row, [brand ?? -1, issuer ?? -1, country ?? -1]);
    this.#on = Number(on.replaceAll('-', ''));
    this.#low = low!;
    this.#high = high ?? -1;
    this.#validFrom = places.valid_from ?? -1;
    this.#validTo = places.valid_to ?? -1;
  }

  /** Whether the row that was cut is done with; false: it has to be looked at as text. */
  take(line: number): boolean {
    const row = this.#row;
    const width = row.widthOf(this.#low);
    if (width <= 0) return false;
    const low = row.numberIn(this.#low);
    const highWidth = this.#high === -1 ? 0 : row.widthOf(this.#high);
    const high = highWidth === 0 ? low : row.numberIn(this.#high);
    if (low < 0 || high < low || (highWidth !== 0 && highWidth !== width)) return false;
    const validFrom = this.#validFrom === -1 ? 0 : row.dayIn(this.#validFrom);
    const validTo = this.#validTo === -1 ? 0 : row.dayIn(this.#validTo);
    if (validFrom < 0 || validTo < 0 || (validTo !== 0 && validTo < validFrom)) return false;
    const entry = this.#known.find();
    if (entry === -1) return false;
    if (validFrom > this.#on || (validTo !== 0 && validTo < this.#on)) return true;
    const step = prefixStep(width);
    this.rows.place(low * step, (high + 1) * step - 1, width, entry, line);
    return true;
  }

  /** The entry of the row that was cut and then looked at as text. */
  remember(entry: number): void {
    if (this.#known.find() === -1) this.#known.add(entry);
  }
}

/** Goes through the rows of a file, and reads the one it stands before as text. */
class OddRows {
  at: number;
  line = 1;
  readonly #bytes: Uint8Array;
  /** As a file is read as text: a mark inside stays, and what is no UTF-8 is replaced. */
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.at = byteOrderMark.every((byte, i) => bytes[i] === byte) ? byteOrderMark.length : 0;
  }

  /** Over a row of one line that ends at `end`. */
  skip(end: number): void {
    this.at = end;
    this.line++;
  }

  /** The next row that is not empty. Throws BinsFault `bin-malformed`, as `csvRows`. */
  next(): CsvRow | undefined {
    while (this.at < this.#bytes.length) {
      const [start, line] = [this.at, this.line];
      this.#pass();
      const text = this.#decoder.decode(this.#bytes.subarray(start, this.at));
      const row = csvRows(text, line).next();
      if (row.done !== true) return row.value;
    }
    return undefined;
  }

  /** Behind the line end that is not in quotes; quotes that do not balance are refused when the row is read. */
  #pass(): void {
    const bytes = this.#bytes;
    let isQuoted = false;
    while (this.at < bytes.length) {
      const byte = bytes[this.at++]!;
      if (byte === quote) isQuoted = !isQuoted;
      if (byte !== lineFeed && byte !== carriageReturn) continue;
      if (byte === carriageReturn && bytes[this.at] === lineFeed) this.at++;
      this.line++;
      if (!isQuoted) return;
    }
  }
}
