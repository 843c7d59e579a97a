import { holdsCardNumber } from '../cards/card-in-bytes.ts';
import { codePointRead, decodeText, type CodePointRead } from '../intake/code-points.ts';
import { detectEncoding } from '../intake/encodings.ts';
import { IntakeFault } from '../intake/errors.ts';
import { ReferenceText } from '../intake/reference-text.ts';
import { RecordScanner } from '../intake/scanner.ts';
import { ResponsesFault } from './errors.ts';

/** One line of an answer as cells in normal form (NFKC, trimmed). */
export interface AnswerLine {
  /** Physical line, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** An answer of half a million rows is about so large. */
export const ANSWER_BYTES_MAX = 32 * 1024 * 1024;
export const LINE_BYTES_MAX = 1_024;
const LINES_MAX = 1_000_000;
const CELLS_MAX = 16;
/** A cell with so many digits is no issuer and no reason; as in the channels of a source. */
const DIGITS_MAX = 11;
const CELL_BYTES_MAX = 256 * 3;

const LF = 0x0a;
const COMMA = 0x2c;

/**
 * Cuts an answer into lines and cells: UTF-8, Shift_JIS or EUC-JP, commas, quotes as in RFC 4180. Bytes are searched for
 * card numbers first, and again cell by cell for digits of any width; only then is a cell made text.
 *
 * Throws as `parseResolvedAnswer`.
 */
export function answerLines(bytes: Uint8Array): AnswerLine[] {
  if (bytes.length > ANSWER_BYTES_MAX) {
    throw new ResponsesFault('response-too-large', { max: ANSWER_BYTES_MAX });
  }
  assertLinesShort(bytes);
  if (holdsCardNumber(bytes)) throw new ResponsesFault('response-holds-card');
  try {
    return scan(bytes);
  } catch (error) {
    if (!(error instanceof IntakeFault)) throw error;
    const line = error.facts['line'];
    throw new ResponsesFault('response-malformed', {
      line: typeof line === 'number' ? line : 1,
      column: 0,
    });
  }
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

function scan(bytes: Uint8Array): AnswerLine[] {
  const { encoding, markBytes } = detectEncoding(bytes, true, 'auto');
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    throw new ResponsesFault('response-malformed', { line: 1, column: 0 });
  }
  const read = codePointRead(encoding);
  const options = { encoding, quoting: true, delimiter: COMMA, offset: markBytes };
  const scanner = new RecordScanner(options);
  const cells = new CellReader(read);
  const lines: AnswerLine[] = [];
  const take = (): void => {
    while (scanner.next()) {
      const line = cells.line(scanner);
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
  readonly #numbers: ReferenceText;

  constructor(read: CodePointRead) {
    this.#read = read;
    this.#numbers = new ReferenceText(read);
  }

  line(scanner: RecordScanner): AnswerLine {
    const { line: number, fieldCount } = scanner;
    if (fieldCount > CELLS_MAX) throw malformed(number, CELLS_MAX + 1);
    const cells = Array.from({ length: fieldCount }, (_, column) =>
      this.#cell(scanner, column, number),
    );
    return { number, cells };
  }

  wipe(): void {
    this.#numbers.wipe();
  }

  #cell({ bytes, starts, ends }: RecordScanner, column: number, line: number): string {
    const start = starts[column]!;
    const end = ends[column]!;
    this.#numbers.take(bytes, start, Math.min(end, start + 256));
    if (this.#numbers.isNumber) throw new ResponsesFault('response-holds-card', { line });
    if (end - start > CELL_BYTES_MAX || this.#digits(bytes, start, end) > DIGITS_MAX) {
      throw malformed(line, column + 1);
    }
    const text = decodeText(this.#read, bytes, start, end).normalize('NFKC').trim();
    if (/\p{Cc}/u.test(text)) throw malformed(line, column + 1);
    return text;
  }

  #digits(bytes: Uint8Array, start: number, end: number): number {
    let digits = 0;
    for (let at = start; at < end;) {
      const character = this.#read(bytes, at, end);
      at += character > 0 ? character & 7 : 1;
      const point = character >> 3;
      if ((point >= 0x30 && point <= 0x39) || (point >= 0xff10 && point <= 0xff19)) digits += 1;
    }
    return digits;
  }
}

function malformed(line: number, column: number): ResponsesFault {
  return new ResponsesFault('response-malformed', { line, column });
}
