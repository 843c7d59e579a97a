import type { ByteEncoding } from './code-points.ts';
import { markColumns, positionOf, type KnownColumns } from './column-places.ts';
import { detectDelimiter, type Delimiter } from './delimiters.ts';
import { IntakeFault } from './errors.ts';
import { visitHead, type Head } from './head-sample.ts';
import { readFirstRecord, type FirstRecord } from './header.ts';
import { DELIMITER_RECORDS } from './limits.ts';
import { findNumberColumn } from './number-column.ts';
import type { ScannerOptions } from './scanner-options.ts';
import type { SourceSpec } from './source-spec.ts';

/** How to scan a source, before anything is said about what its columns hold. */
export interface Shape extends KnownColumns {
  readonly options: ScannerOptions;
  /** Undefined where a line is one field. */
  readonly delimiter: Delimiter | undefined;
  /** The column whose content is card numbers beyond doubt; looked for only without header and declaration. */
  readonly numberColumn: number | undefined;
  /** 1 for each column that is never read. */
  readonly ignored: Uint8Array;
  /** 1 for each column that a person declared to hold no security codes. */
  readonly notSensitive: Uint8Array;
}

/**
 * Decides format, delimiter, header and number of columns of a source by its head and its spec.
 *
 * Throws `source-empty` and the faults of the scanner.
 */
export function decideShape(head: Head, encoding: ByteEncoding, spec: SourceSpec): Shape {
  const { delimiter, quoting } = decideFormat(head, encoding, spec);
  const code = delimiter?.charCodeAt(0);
  const options = { encoding, quoting, ...(code === undefined ? {} : { delimiter: code }) };
  const declared = positionOf(spec.columns.pan?.[0] ?? '');
  let width = 0;
  let first: FirstRecord | undefined;
  visitHead(head, options, DELIMITER_RECORDS, (scanner, record) => {
    if (record === 0) first = readFirstRecord(scanner, encoding, declared);
    width = Math.max(width, scanner.fieldCount);
  });
  if (first === undefined) throw new IntakeFault('source-empty', { found: 'only-blank-lines' });
  const isHeader = spec.header === 'auto' ? (first.isHeader ?? false) : spec.header;
  const known = { header: isHeader ? first.names : undefined, width };
  const isOpen = !isHeader && spec.columns.pan === undefined;
  return {
    ...known,
    options,
    delimiter,
    numberColumn: isOpen ? findNumberColumn(head, options, width) : undefined,
    ignored: markColumns(spec.ignore_columns, known),
    notSensitive: markColumns(spec.not_sensitive, known),
  };
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
