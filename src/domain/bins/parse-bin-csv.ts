// An acquirer's issuer table as text, whatever its columns are called.

import type { BinRange } from './bin-range.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { BinsFault } from './errors.ts';

const columnIds = ['low', 'high', 'brand', 'issuer', 'country', 'valid_from', 'valid_to'] as const;

export type BinColumn = (typeof columnIds)[number];

/** One column with a whole BIN in place of low and high. */
const singleNames = ['prefix', 'bin'];

export type ColumnNames = Readonly<Partial<Record<BinColumn, string>>>;

/** Where in a row a column stands; `low` and `issuer` are there. */
export type Places = Readonly<Partial<Record<BinColumn, number>>>;

/**
 * Reads a table with a header row. `columns` says what a column is called there; without that it is
 * called like here. Names are compared without regard to case, width and surrounding spaces.
 *
 * `low` and `issuer` must be there. A single column `prefix` or `bin`, no column `high`, or an empty cell
 * in it: the range is one BIN. Other columns are not read. Values are trimmed, not checked: that is
 * `BinTable.from`, which names the `line` kept in each range.
 *
 * Throws BinsFault `bin-column-missing`, `bin-malformed` (a name twice in the header, a row with more
 * or fewer fields than the header, quotes that do not close).
 */
export function parseBinCsv(text: string, columns: ColumnNames = {}): BinRange[] {
  return [...readBinCsv(text, columns)];
}

/**
 * What `parseBinCsv` reads, range by range as it is asked for: a table of 600,000 ranges is compiled in half the time
 * when they need not all be kept. Throws the same, in the middle of reading.
 */
export function* readBinCsv(text: string, columns: ColumnNames = {}): Generator<BinRange> {
  const rows = csvRows(text);
  const header = rows.next();
  if (header.done === true) throw new BinsFault('bin-column-missing', { line: 1, column: 'low' });
  const fieldCount = header.value.fields.length;
  const places = findColumns(header.value, columns);
  for (const row of rows) {
    if (row.fields.length !== fieldCount) {
      throw new BinsFault('bin-malformed', { line: row.line, column: 'fields' });
    }
    yield readRow(row, places);
  }
}

/** Finds the columns in the header, as `parseBinCsv` says. */
export function findColumns(header: CsvRow, columns: ColumnNames): Places {
  const names = header.fields.map(fold);
  const placeOf = (name: string): number | undefined => {
    const place = names.indexOf(fold(name));
    if (place !== names.lastIndexOf(fold(name))) {
      throw new BinsFault('bin-malformed', { line: header.line, column: 'header' });
    }
    return place === -1 ? undefined : place;
  };
  const places: Partial<Record<BinColumn, number>> = {};
  for (const id of columnIds) {
    const place = placeOf(columns[id] ?? id);
    if (place !== undefined) places[id] = place;
    else if (columns[id] !== undefined) throw missing(header, id);
  }
  const single = singleNames.map(placeOf).find((place) => place !== undefined);
  if (places.low === undefined && single !== undefined) places.low = single;
  if (places.low === undefined) throw missing(header, 'low');
  if (places.issuer === undefined) throw missing(header, 'issuer');
  return places;
}

function missing(header: CsvRow, column: BinColumn): BinsFault {
  return new BinsFault('bin-column-missing', { line: header.line, column });
}

/** A range as it stands in a row with a field for each column: trimmed, not checked. Throws nothing. */
export function readRow({ fields, line }: CsvRow, places: Places): BinRange {
  const cell = (place: number | undefined): string =>
    place === undefined ? '' : fields[place]!.trim();
  const low = cell(places.low);
  const range: { -readonly [Key in keyof BinRange]: BinRange[Key] } = {
    low,
    high: cell(places.high) || low,
    issuer: cell(places.issuer).normalize('NFC'),
    line,
  };
  const brand = cell(places.brand);
  const country = cell(places.country);
  const validFrom = cell(places.valid_from);
  const validTo = cell(places.valid_to);
  if (brand !== '') range.brand = brand;
  if (country !== '') range.country = country;
  if (validFrom !== '') range.validFrom = validFrom;
  if (validTo !== '') range.validTo = validTo;
  return range;
}

function fold(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
