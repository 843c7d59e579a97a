import { holdsCardNumber } from '../cards/card-in-bytes.ts';
import { codePointRead, decodeText, type CodePointRead } from '../intake/code-points.ts';
import { digitOf, digitSignOf, OTHER_DIGIT } from '../intake/digit-signs.ts';
import { detectEncoding } from '../intake/encodings.ts';
import { IntakeFault } from '../intake/errors.ts';
import { REFERENCE_BYTES_MAX } from '../intake/limits.ts';
import { ReferenceText } from '../intake/reference-text.ts';
import { RecordScanner } from '../intake/scanner.ts';
import { ResponsesFault } from './errors.ts';
import { placeOf, withoutKnown } from './known-texts.ts';
import type { KnownTexts } from './known-texts.ts';
import { DIGITS_MAX, LINE_DIGITS_MAX } from './plain-cells.ts';

/** One line of an answer as cells in normal form (NFKC, trimmed). */
export interface AnswerLine {
  /** Physical line, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** An answer of half a million rows is about so large. */
export const ANSWER_BYTES_MAX = 32 * 1024 * 1024;
const LINE_BYTES_MAX = 1_024;
export const LINES_MAX = 1_000_000;
const CELLS_MAX = 16;
/** Where digits may stand behind the first line. */
export interface DigitPlaces {
  /** Column of the record reference, from 0, and of the count of the trailer. */
  readonly reference: number;
  /** Columns that may have fewer digits than others. */
  readonly digits: ReadonlyMap<number, number>;
  /** Cells of these texts are not looked at. */
  readonly known: KnownTexts;
}

/** Of a resolved answer. Digits of an issuer and of a reason: too few for a BIN. */
const ofResolved: DigitPlaces = {
  reference: 1,
  digits: new Map([
    [4, 4],
    [6, 5],
  ]),
  known: [],
};
const CELL_BYTES_MAX = 256 * 3;

const LF = 0x0a;

/**
 * Cuts an answer into lines and cells: UTF-8, Shift_JIS or EUC-JP, quotes as in RFC 4180. Bytes are searched for
 * card numbers first, and again cell by cell for digits of any width; only then is a cell made text. Behind the first
 * line there may be few digits besides a record reference, so that no card number stands in several cells.
 *
 * Throws as `parseResolvedAnswer`.
 */
export function answerLines(
  bytes: Uint8Array,
  places: DigitPlaces = ofResolved,
  delimiter = ',',
): AnswerLine[] {
  assertNotLong(bytes);
  assertLinesShort(bytes);
  assertNoCard(bytes, places.known);
  try {
    return scan(bytes, places, delimiter.charCodeAt(0));
  } catch (error) {
    if (!(error instanceof IntakeFault)) throw error;
    const line = error.facts['line'];
    throw new ResponsesFault('response-malformed', {
      line: typeof line === 'number' ? line : 1,
      column: 0,
    });
  }
}

/** Throws `response-too-large`. */
export function assertNotLong(bytes: Uint8Array): void {
  if (bytes.length <= ANSWER_BYTES_MAX) return;
  throw new ResponsesFault('response-too-large', { max: ANSWER_BYTES_MAX });
}

/** Throws `response-holds-card` where a card number stands in the bytes, but in what we know. */
export function assertNoCard(bytes: Uint8Array, known: KnownTexts): void {
  const searched = withoutKnown(bytes, known);
  const holds = holdsCardNumber(searched);
  if (searched !== bytes) searched.fill(0);
  if (holds) throw new ResponsesFault('response-holds-card');
}

function assertLinesShort(bytes: Uint8Array): void {
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LF, start);
    const end = found < 0 ? bytes.length : found;
    if (end - start > LINE_BYTES_MAX) {
      throw new ResponsesFault('response-too-large', { line, max: LINE_BYTES_MAX });
    }
    start = end + 1;
  }
}

function scan(bytes: Uint8Array, places: DigitPlaces, delimiter: number): AnswerLine[] {
  const { encoding, markBytes } = detectEncoding(bytes, true, 'auto');
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    throw new ResponsesFault('response-malformed', { line: 1, column: 0 });
  }
  const read = codePointRead(encoding);
  const options = { encoding, quoting: true, delimiter, offset: markBytes };
  const scanner = new RecordScanner(options);
  const cells = new CellReader(read, places);
  const lines: AnswerLine[] = [];
  const take = (): void => {
    while (scanner.next()) {
      const line = cells.line(scanner, lines.length === 0);
      if (line.cells.every((cell) => cell === '')) continue;
      if (lines.length === LINES_MAX) {
        throw new ResponsesFault('response-too-large', { line: line.number, max: LINES_MAX });
      }
      lines.push(line);
    }
  };
  try {
    const text = bytes.subarray(markBytes);
    for (let at = 0; at < text.length;) {
      at += scanner.push(text.subarray(at));
      take();
    }
    scanner.end();
    take();
    return lines;
  } finally {
    scanner.wipe();
    cells.wipe();
  }
}

/** Makes text of the cells of a record, once it is sure that none of them is a card number. */
class CellReader {
  readonly #read: CodePointRead;
  readonly #places: DigitPlaces;
  readonly #numbers: ReferenceText;
  readonly #known: KnownTexts;

  constructor(read: CodePointRead, places: DigitPlaces) {
    this.#read = read;
    this.#places = places;
    this.#numbers = new ReferenceText(read);
    this.#known = places.known;
  }

  line(scanner: RecordScanner, isHead: boolean): AnswerLine {
    const { line: number, fieldCount } = scanner;
    if (fieldCount > CELLS_MAX) throw malformed(number, CELLS_MAX + 1);
    this.#assertFewDigits(scanner, isHead);
    const cells = Array.from({ length: fieldCount }, (_, column) =>
      this.#cell(scanner, column, number),
    );
    return { number, cells };
  }

  wipe(): void {
    this.#numbers.wipe();
  }

  #assertFewDigits(
    { bytes, starts, ends, line, fieldCount }: RecordScanner,
    isHead: boolean,
  ): void {
    let onLine = 0;
    for (let column = 0; column < fieldCount; column++) {
      const start = starts[column]!;
      const end = ends[column]!;
      if (this.#isKnown(bytes, start, end)) continue;
      const looked = Math.min(end, start + REFERENCE_BYTES_MAX);
      if (this.#numbers.holdsCard(bytes, start, looked)) {
        throw new ResponsesFault('response-holds-card', { line });
      }
      const digits = this.#digits(bytes, start, end);
      const max = (isHead ? undefined : this.#places.digits.get(column)) ?? DIGITS_MAX;
      if (digits > max) throw digitsOf(line, column);
      if (column !== this.#places.reference) onLine += digits;
      if (!isHead && onLine > LINE_DIGITS_MAX) throw digitsOf(line, column);
    }
  }

  #isKnown(bytes: Uint8Array, start: number, end: number): boolean {
    const isAt = (text: string): boolean => placeOf(text, bytes.subarray(start, end), 0) === 0;
    return this.#known.some((text) => text.length === end - start && isAt(text));
  }

  #cell({ bytes, starts, ends }: RecordScanner, column: number, line: number): string {
    const start = starts[column]!;
    const end = ends[column]!;
    if (end - start > CELL_BYTES_MAX) throw malformed(line, column + 1);
    const text = decodeText(this.#read, bytes, start, end).normalize('NFKC').trim();
    if (/\p{Cc}/u.test(text)) throw malformed(line, column + 1);
    // Once more, as it would be kept: NFKC must have made no digit of anything else.
    const kept = text.match(/\p{Nd}/gu)?.length ?? 0;
    if (kept !== this.#digits(bytes, start, end)) throw digitsOf(line, column);
    return text;
  }

  /** Digits of a cell, ASCII and full-width; more than there can be where it has one in another form. */
  #digits(bytes: Uint8Array, start: number, end: number): number {
    let digits = 0;
    for (let at = start; at < end;) {
      const character = this.#read(bytes, at, end);
      at += character > 0 ? character & 7 : 1;
      const point = character > 0 ? character >> 3 : -1;
      if (digitOf(point) >= 0) digits += 1;
      else if (digitSignOf(point) === OTHER_DIGIT) return Infinity;
    }
    return digits;
  }
}

function digitsOf(line: number, column: number): ResponsesFault {
  return new ResponsesFault('response-digits', { line, column: column + 1 });
}

function malformed(line: number, column: number): ResponsesFault {
  return new ResponsesFault('response-malformed', { line, column });
}
