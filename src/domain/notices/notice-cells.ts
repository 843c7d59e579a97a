import { encodeCp932 } from '../formats/cp932.ts';
import type { Charset } from './charsets.ts';

/**
 * What a spreadsheet may take for a formula, also behind blanks and in full width, or for the end of the cell before it
 * (OWASP, CSV injection); outgoing profiles guard by the same signs.
 */
const formulaStart = /^(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;
const guard = "'";
const special = /[",\r\n]/;

/** A cell as a spreadsheet shows it as text: an apostrophe before what it would compute. */
export function guardedCell(text: string): string {
  return formulaStart.test(text) ? guard + text : text;
}

/** What `guardedCell` was given. */
export function unguardedCell(text: string): string {
  return text.startsWith(guard) && formulaStart.test(text.slice(1)) ? text.slice(1) : text;
}

/** A line of a table for spreadsheets (RFC 4180): every cell guarded, quoted where needed, CRLF behind. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(guardedCell(cell))).join(',')}\r\n`;
}

/** Bytes of a line; undefined where the charset lacks one of its characters. */
export function encodeLine(line: string, charset: Charset): Uint8Array | undefined {
  return charset === 'cp932' ? encodeCp932(line) : encoder.encode(line);
}

/** What stands before the first line: by it spreadsheets know UTF-8. */
export function markOf(charset: Charset): Uint8Array {
  return charset === 'utf-8' ? Uint8Array.of(0xef, 0xbb, 0xbf) : new Uint8Array(0);
}

const encoder = new TextEncoder();

function quoted(cell: string): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
