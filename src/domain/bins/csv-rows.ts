// Comma-separated text as rows, with the line each began on. For tables that people keep in
// spreadsheets; never for sources of card records, which are scanned as bytes (intake).
//
// RFC 4180, taking LF, CRLF and CR for line ends, and a byte order mark before the first field.

import { BinsFault } from './errors.ts';

export interface CsvRow {
  /** Line of the text the row begins on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

const fieldPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
const lineEndPattern = /\r\n|\n|\r/g;

/**
 * Rows of the text, without empty lines. A field in quotes keeps commas, line ends and doubled quotes.
 *
 * Throws BinsFault `bin-malformed` where a quote is not closed or stands inside a plain field.
 */
export function* csvRows(text: string): Generator<CsvRow, void, undefined> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const fields: string[] = [];
    const firstLine = line;
    for (let end = ','; end === ',';) {
      fieldPattern.lastIndex = at;
      const match = fieldPattern.exec(text);
      if (match === null) throw new BinsFault('bin-malformed', { line, column: 'quotes' });
      const [whole, quoted, plain = '', delimiter = ''] = match;
      fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      if (quoted !== undefined) line += quoted.match(lineEndPattern)?.length ?? 0;
      at += whole.length;
      end = delimiter;
    }
    line++;
    const isEmpty = fields.length === 1 && fields[0]!.trim() === '';
    if (!isEmpty) yield { line: firstLine, fields };
  }
}
