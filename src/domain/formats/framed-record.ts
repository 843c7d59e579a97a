import type { Cell } from './cells.ts';
import { FormatsFault } from './errors.ts';
import { textFields } from './fields.ts';
import type { OutgoingCard } from './outgoing-card.ts';
import type { Profile } from './profile.ts';
import type { RecordBuffer } from './record-buffer.ts';
import { TEXT_BYTES_MAX } from './text-cell.ts';

const QUOTE = 0x22;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
/** Longer than any number, date or literal cell can get. */
const SHORT_CELL_BYTES_MAX = 128;

/** Writes one record, or one cell of it. */
export type RecordWriter = (into: RecordBuffer, card: OutgoingCard, sequence: number) => void;

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

/** A cell and the writer of its value. */
export interface RecordPart {
  readonly cell: Cell;
  readonly write: RecordWriter;
  /** Texts quote themselves, because quoting depends on what they hold. */
  readonly quotesItself: boolean;
}

/** Puts the cells of a record side by side as the shape says, and ends it with the profile's newline. */
export function framed(profile: Profile, parts: readonly RecordPart[]): RecordWriter {
  const framedCells = parts.map((part) =>
    profile.shape === 'fixed' ? fixedCell(part) : delimitedCell(profile, part),
  );
  const delimiter =
    profile.shape === 'fixed' || profile.delimiter === undefined
      ? -1
      : profile.delimiter.charCodeAt(0);
  return (into, card, sequence) => {
    for (let index = 0; index < framedCells.length; index += 1) {
      if (index > 0 && delimiter >= 0) {
        into.put(delimiter);
      }
      framedCells[index]!(into, card, sequence);
    }
    if (profile.newline === 'crlf') {
      into.put(CARRIAGE_RETURN);
    }
    if (profile.newline !== 'none') {
      into.put(LINE_FEED);
    }
  };
}

function delimitedCell(profile: Profile, { write, quotesItself }: RecordPart): RecordWriter {
  if (profile.quoting !== 'always' || quotesItself) {
    return write;
  }
  return (into, card, sequence) => {
    into.put(QUOTE);
    write(into, card, sequence);
    into.put(QUOTE);
  };
}

function fixedCell({ cell, write }: RecordPart): RecordWriter {
  const width = cell.width ?? 0;
  const fill = cell.fill.charCodeAt(0);
  return (into, card, sequence) => {
    const from = into.length;
    write(into, card, sequence);
    if (into.length - from > width) {
      if (cell.overflow === 'refuse') {
        const code = textFields.has(cell.field) ? 'text-too-long' : 'number-too-large';
        throw new FormatsFault(code, { field: cell.field, width });
      }
      into.length = from + width;
      // A character of UTF-8 is kept whole or not at all: continuation bytes are 10xxxxxx.
      while (into.length > from && (into.byteAt(into.length) & 0xc0) === 0x80) {
        into.length -= 1;
      }
    }
    into.fill(from, width, cell.align, fill);
  };
}
