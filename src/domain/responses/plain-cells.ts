import { ResponsesFault } from './errors.ts';

/** Digits of any other cell than a record reference; ids and counts are shorter. */
export const DIGITS_MAX = 11;
/** Digits of a line without its record reference: an issuer and last four digits have no more. */
export const LINE_DIGITS_MAX = 8;

/** What of a line is looked at: everything in ASCII, trimmed. */
export interface PlainLine {
  /** From 1; of the list in JSON, of the file otherwise. */
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * Throws `response-digits` where a line of ASCII has more digits than one may have. `reference`: the column, from 0, whose
 * digits are not added up.
 */
export function assertFewDigits(
  { number: line, cells }: PlainLine,
  reference: number,
  isHead: boolean,
  known: readonly string[],
): void {
  let onLine = 0;
  for (const [column, cell] of cells.entries()) {
    if (known.includes(cell)) continue;
    const digits = cell.match(/[0-9]/g)?.length ?? 0;
    if (column !== reference) onLine += digits;
    if (digits > DIGITS_MAX || (!isHead && onLine > LINE_DIGITS_MAX)) {
      throw new ResponsesFault('response-digits', { line, column: column + 1 });
    }
  }
}
