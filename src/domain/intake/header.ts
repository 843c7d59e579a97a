import { codePointRead, decodeText, type ByteEncoding, type CodePointRead } from './code-points.ts';
import {
  NUMBER_EMPTY,
  NUMBER_EXPONENT,
  NUMBER_MASKED,
  NUMBER_READ,
  NumberReader,
} from './digits.ts';
import type { RecordScanner } from './scanner.ts';

const nameBytesMax = 256;
const nameCharactersMax = 64;
/** What holds so many digits is data: such a field is never made a string. */
const dataDigitsMin = 12;
/** A number of so many digits is no name of a column. */
const numberDigitsMin = 8;
/** Dates and phone numbers have so many digits, names of columns do not: such a text is not shown. */
const shownDigitsMax = 5;

/** The first record of a source: the names it would give as a header, and whether it can be one. */
export interface FirstRecord {
  readonly names: readonly string[];
  /** Undefined where the record is neither surely a header nor surely data. */
  readonly isHeader: boolean | undefined;
}

/**
 * Looks at the first record. It is data where a field holds a number of 8 digits or more, a masked number, one in
 * exponent notation or any text with twelve digits; it is a header where no field is a number and at least one has text.
 *
 * `numberColumn` is the card number's, where a spec says it by position: then that field alone decides.
 */
export function readFirstRecord(
  scanner: RecordScanner,
  encoding: ByteEncoding,
  numberColumn: number | undefined,
): FirstRecord {
  const read = codePointRead(encoding);
  const numbers = new NumberReader(read);
  const names: string[] = [];
  let hasNumber = false;
  let hasText = false;
  for (let column = 0; column < scanner.fieldCount; column++) {
    const start = scanner.starts[column]!;
    const end = scanner.ends[column]!;
    numbers.clear();
    const reading = numbers.read(scanner.bytes, start, end);
    const isMasked = reading === NUMBER_MASKED && numbers.length > 0;
    const isLong = reading === NUMBER_READ && numbers.length >= numberDigitsMin;
    const digits = countAnyDigits(read, scanner.bytes, start, end);
    const isData = isMasked || digits >= dataDigitsMin;
    if (numberColumn === undefined || numberColumn === column) {
      if (isData || isLong || reading === NUMBER_EXPONENT) hasNumber = true;
      if (reading !== NUMBER_READ && reading !== NUMBER_EMPTY) hasText = true;
    }
    const isShort = end - start <= nameBytesMax && numbers.length <= shownDigitsMax;
    const isName = !isData && isShort && digits <= shownDigitsMax;
    names.push(isName ? cleanName(decodeText(read, scanner.bytes, start, end)) : '');
  }
  numbers.wipe();
  return { names, isHeader: hasNumber ? false : hasText ? true : undefined };
}

/** Names are shown in messages: no control characters, no mail addresses, and no longer than anyone reads. */
function cleanName(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/^.*@.*$/u, '')
    .trim()
    .slice(0, nameCharactersMax);
}

/** ASCII and full-width digits. */
function countAnyDigits(
  read: CodePointRead,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  let digits = 0;
  for (let at = start; at < end;) {
    const character = read(bytes, at, end);
    at += character > 0 ? character & 7 : 1;
    const point = character >> 3;
    if ((point >= 0x30 && point <= 0x39) || (point >= 0xff10 && point <= 0xff19)) digits++;
  }
  return digits;
}
