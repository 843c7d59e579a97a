import type { ByteEncoding } from './code-points.ts';
import { mapColumns, type ColumnMap } from './column-map.ts';
import { detectDelimiter, type Delimiter } from './delimiters.ts';
import { IntakeFault } from './errors.ts';
import { visitHead, type Head } from './head-sample.ts';
import { readFirstRecord } from './header.ts';
import { DELIMITER_RECORDS } from './limits.ts';
import { findNumberColumn } from './number-column.ts';
import type { ScannerOptions } from './scanner.ts';
import type { SourceSpec } from './source-spec.ts';

/** How a source was read, for people: names and places of columns, nothing of a record. */
export interface SourceLayout {
  readonly format: 'delimited' | 'lines';
  readonly delimiter?: Delimiter;
  readonly header: boolean;
  /** Number of columns. */
  readonly width: number;
  /** Per purpose, its columns as `#n` or `#n name`. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly ignored: readonly string[];
}

/** How to scan a source, and what stands where. */
export interface Layout {
  readonly options: ScannerOptions;
  /** Names of the header; undefined for a source without one. */
  readonly header: readonly string[] | undefined;
  readonly width: number;
  readonly map: ColumnMap;
  readonly shown: SourceLayout;
}

/**
 * Decides format, delimiter, header and columns of a source by its head and its spec.
 *
 * Throws `source-empty` and the faults of `mapColumns` and of the scanner.
 */
export function decideLayout(head: Head, encoding: ByteEncoding, spec: SourceSpec): Layout {
  const { delimiter, quoting } = decideFormat(head, encoding, spec);
  const code = delimiter?.charCodeAt(0);
  const options = { encoding, quoting, ...(code === undefined ? {} : { delimiter: code }) };
  const numberAt = /^#([1-9]\d{0,3})$/.exec(spec.columns.pan?.[0] ?? '')?.[1];
  const numberColumn = numberAt === undefined ? undefined : Number(numberAt) - 1;
  let width = 0;
  let first: ReturnType<typeof readFirstRecord> | undefined;
  visitHead(head, options, DELIMITER_RECORDS, (scanner, record) => {
    if (record === 0) first = readFirstRecord(scanner, encoding, numberColumn);
    width = Math.max(width, scanner.fieldCount);
  });
  if (first === undefined) throw new IntakeFault('source-empty', { found: 'only-blank-lines' });
  const isHeader = spec.header === 'auto' ? (first.isHeader ?? false) : spec.header;
  const header = isHeader ? first.names : undefined;
  const isDeclared = spec.columns.pan !== undefined;
  const found = isHeader || isDeclared ? undefined : findNumberColumn(head, options, width);
  const map = mapColumns(spec, { header, width, numberColumn: found });
  return { options, header, width, map, shown: show(delimiter, header, width, map) };
}

function decideFormat(
  head: Head,
  encoding: ByteEncoding,
  spec: SourceSpec,
): { delimiter: Delimiter | undefined; quoting: boolean } {
  if (spec.format === 'lines') return { delimiter: undefined, quoting: false };
  if (spec.delimiter !== 'auto') return { delimiter: spec.delimiter, quoting: true };
  const delimiter = detectDelimiter(head, encoding);
  const isLines = delimiter === undefined && spec.format === 'auto' && !head.text.includes(0x22);
  return isLines
    ? { delimiter: undefined, quoting: false }
    : { delimiter: delimiter ?? ',', quoting: true };
}

function show(
  delimiter: Delimiter | undefined,
  header: readonly string[] | undefined,
  width: number,
  map: ColumnMap,
): SourceLayout {
  const nameOf = (column: number): string => `#${column + 1} ${header?.[column] ?? ''}`.trim();
  const columns = Object.entries(map.columns)
    .filter(([, places]) => places.length > 0)
    .map(([purpose, places]) => [purpose, places.map(nameOf)] as const);
  return {
    format: delimiter === undefined ? 'lines' : 'delimited',
    ...(delimiter === undefined ? {} : { delimiter }),
    header: header !== undefined,
    width,
    columns: Object.fromEntries(columns),
    ignored: [...map.ignored.keys()].filter((column) => map.ignored[column] === 1).map(nameOf),
  };
}
