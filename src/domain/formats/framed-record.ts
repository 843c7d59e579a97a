import type { Cell } from './cells.ts';
import { FormatsFault } from './errors.ts';
import { textFields } from './fields.ts';
import type { Profile } from './profile.ts';
import type { RecordBuffer } from './record-buffer.ts';
import { TEXT_BYTES_MAX } from './text-cell.ts';

const QUOTE = 0x22;
/** Longer than any number, date or literal cell can get. */
const SHORT_CELL_BYTES_MAX = 128;

/** Writes one cell, or a record of them. `sequence`: number of the record in the file. */
export type RecordWriter = (into: RecordBuffer, sequence: number) => void;

/** The longest record the profile can give, in bytes: what has to be free in the buffer before one is written. */
export function recordBytesMax(profile: Profile): number {
  const records = [...profile.header, { cells: profile.columns }, ...profile.trailer];
  // A text may double while it is quoted, and may be written in full before it is cut to its width.
  const cellMax = (cell: Cell) =>
    (cell.width ?? 0) +
    3 +
    (textFields.has(cell.field) || cell.field === 'literal'
      ? 2 * TEXT_BYTES_MAX
      : SHORT_CELL_BYTES_MAX);
  return Math.max(
    ...records.map(({ cells }) => cells.reduce((sum, cell) => sum + cellMax(cell), 2)),
  );
}

/** What stands between the cells of a record; nothing in fixed profiles. */
export function delimiterOf({ shape, delimiter = '' }: Profile): string {
  return shape === 'fixed' ? '' : delimiter;
}

/** What ends a record. */
export function newlineOf({ newline }: Profile): string {
  return { crlf: '\r\n', lf: '\n', none: '' }[newline];
}

/** Whether the cell is put in quotes whatever it holds. Texts quote themselves: that depends on what they hold. */
export function isQuoted(profile: Profile, cell: Cell): boolean {
  return (
    profile.shape === 'delimited' && profile.quoting === 'always' && !textFields.has(cell.field)
  );
}

/** A cell and the writer of its value. */
export interface RecordPart {
  readonly cell: Cell;
  readonly write: RecordWriter;
  /** In quotes whatever it holds; only in delimited profiles. */
  readonly isQuoted: boolean;
}

/** Puts the cells of a record side by side as the shape says, and ends it with the profile's newline. */
export function framed(profile: Profile, parts: readonly RecordPart[]): RecordWriter {
  const [delimiter, newline] = [delimiterOf(profile), newlineOf(profile)].map((text) =>
    new TextEncoder().encode(text),
  );
  return (into, sequence) => {
    for (const [index, part] of parts.entries()) {
      if (index > 0) into.putAll(delimiter!);
      const from = into.length;
      if (part.isQuoted) into.put(QUOTE);
      part.write(into, sequence);
      if (part.isQuoted) into.put(QUOTE);
      if (part.cell.width !== undefined) fitCell(into, from, part.cell, profile.charset);
    }
    into.putAll(newline!);
  };
}

/**
 * Brings what was written since `from` to the width of its cell: filled, or cut where the profile allows that. Throws
 * `text-too-long` or `number-too-large` where it does not.
 */
export function fitCell(
  into: RecordBuffer,
  from: number,
  cell: Cell,
  charset: Profile['charset'],
): void {
  const width = cell.width ?? 0;
  if (into.length - from > width) {
    if (cell.overflow === 'refuse') {
      const code = textFields.has(cell.field) ? 'text-too-long' : 'number-too-large';
      throw new FormatsFault(code, { field: cell.field, width });
    }
    into.length = lastWholeEnd(into.bytes, from, from + width, charset);
  }
  into.fill(from, width, cell.align, cell.fill.charCodeAt(0));
}

/** Where the last character ends that is whole before `limit`: characters are kept whole or not at all. */
function lastWholeEnd(
  bytes: Uint8Array,
  from: number,
  limit: number,
  charset: Profile['charset'],
): number {
  let end = charset === 'cp932' ? from : limit;
  if (charset === 'cp932') {
    for (let next = from; next <= limit; next += isPairLead(bytes[end]!) ? 2 : 1) end = next;
    return end;
  }
  // Continuation bytes of UTF-8 are 10xxxxxx.
  while (end > from && (bytes[end]! & 0xc0) === 0x80) end -= 1;
  return end;
}

/** Whether a byte of CP932 begins a pair: what is above ASCII and no half-width katakana. */
function isPairLead(byte: number): boolean {
  return byte >= 0x81 && (byte <= 0x9f || byte >= 0xe0);
}
