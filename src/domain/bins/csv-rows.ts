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

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const specialPattern = /["\r\n]/;
const lineEndPattern = /\r\n|\n|\r/g;

/**
 * Rows of the text, without empty lines. A field in quotes keeps commas, line ends and doubled quotes. `line` is the
 * line on which the text begins.
 *
 * Throws BinsFault `bin-malformed` where a quote is not closed or stands inside a plain field.
 */
export function* csvRows(text: string, line = 1): Generator<CsvRow, void, undefined> {
  let at = line === 1 && text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const fields: string[] = [];
    const firstLine = line;
    for (let isLast = false; !isLast; at++) {
      const start = at;
      if (text.charCodeAt(at) === quote) {
        at = behindQuotes(text, at);
        const quoted = text.slice(start + 1, at - 1);
        const isPlain = !specialPattern.test(quoted);
        fields.push(isPlain ? quoted : quoted.replaceAll('""', '"'));
        if (!isPlain) line += quoted.match(lineEndPattern)?.length ?? 0;
      } else {
        at = behindPlain(text, at);
        fields.push(text.slice(start, at));
      }
      const delimiter = text.charCodeAt(at);
      isLast = delimiter !== comma;
      const isAtEnd = delimiter === lineFeed || delimiter === carriageReturn || at >= text.length;
      if (isLast && !isAtEnd) throw new BinsFault('bin-malformed', { line, column: 'quotes' });
      if (delimiter === carriageReturn && text.charCodeAt(at + 1) === lineFeed) at++;
    }
    line++;
    const isEmpty = fields.length === 1 && fields[0]!.trim() === '';
    if (!isEmpty) yield { line: firstLine, fields };
  }
}

/** Where the plain field that begins at `start` is over: a comma, a line end, the end, or a quote that is wrong here. */
function behindPlain(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= comma && (code === comma || code === lineFeed)) break;
    if (code === carriageReturn || code === quote) break;
  }
  return at;
}

/** Behind the closing quote of the field that opens at `start`; at its own quote where none closes, which is refused. */
function behindQuotes(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end === -1) return start;
    if (text.charCodeAt(end + 1) !== quote) return end + 1;
    at = end + 2;
  }
}
