import type { CodePointRead } from './code-points.ts';

/** Stand for characters that numbers and dates are written with; the bytes are no ASCII. */
export const YEAR_MARK = 0x80;
export const MONTH_MARK = 0x81;
export const DAY_MARK = 0x82;
export const HOUR_MARK = 0x83;
export const MINUTE_MARK = 0x84;
export const SECOND_MARK = 0x85;
/** The katakana long vowel mark, which is typed for a hyphen. */
export const VOWEL_MARK = 0x86;
/** Anything else. */
const OTHER = 0xff;

/** Characters of a field that are looked at. */
export const PLAIN_CHARACTERS_MAX = 96;

/**
 * A short field with one byte per character: full-width forms made ASCII, all spaces ' ', all hyphens and dashes '-',
 * bullets '*', and the marks above. One scratch for all records; nothing is allocated per field.
 *
 * What is longer than 96 characters is cut and ends in `OTHER`, so that no reader takes its beginning for the whole.
 */
export class PlainText {
  readonly bytes = new Uint8Array(PLAIN_CHARACTERS_MAX + 1);
  length = 0;
  isCut = false;
  readonly #read: CodePointRead;

  constructor(read: CodePointRead) {
    this.#read = read;
  }

  clear(): void {
    this.length = 0;
    this.isCut = false;
  }

  append(bytes: Uint8Array, start: number, end: number): void {
    let length = this.length;
    let at = start;
    while (at < end && length < PLAIN_CHARACTERS_MAX) {
      const byte = bytes[at]!;
      if (byte < 0x80) {
        this.bytes[length++] = byte === 0x09 ? 0x20 : byte;
        at++;
        continue;
      }
      const character = this.#read(bytes, at, end);
      this.bytes[length++] = character > 0 ? plainOf(character >> 3) : OTHER;
      at += character > 0 ? character & 7 : 1;
    }
    if (at < end && !this.isCut) {
      this.isCut = true;
      this.bytes[length++] = OTHER;
    }
    this.length = length;
  }

  /** Takes off spaces at both ends, then what spreadsheets keep text with: `="…"` around it or an apostrophe in front. */
  unwrap(): void {
    const { bytes } = this;
    let from = 0;
    let to = this.length;
    while (from < to && bytes[from] === 0x20) from++;
    while (to > from && bytes[to - 1] === 0x20) to--;
    const isWrapped = bytes[from] === 0x3d && bytes[from + 1] === 0x22 && bytes[to - 1] === 0x22;
    if (isWrapped && to - from >= 3) {
      from += 2;
      to--;
    } else if (bytes[from] === 0x27 && from < to) from++;
    bytes.copyWithin(0, from, to);
    this.length = to - from;
  }

  wipe(): void {
    this.bytes.fill(0);
    this.length = 0;
  }
}

function plainOf(point: number): number {
  // Full-width forms of the printable ASCII characters stand in the same order.
  if (point >= 0xff01 && point <= 0xff5e) return point - 0xfee0;
  if (point >= 0x2010 && point <= 0x2015) return 0x2d;
  switch (point) {
    case 0x00a0: // no-break space
    case 0x2007: // figure space
    case 0x2009: // thin space
    case 0x202f: // narrow no-break space
    case 0x3000: // ideographic space
      return 0x20;
    case 0x2212: // minus sign
      return 0x2d;
    case 0x2022: // bullet
    case 0x25cf: // black circle
      return 0x2a;
    case 0x30fc:
    case 0xff70:
      return VOWEL_MARK;
    case 0x5e74:
      return YEAR_MARK;
    case 0x6708:
      return MONTH_MARK;
    case 0x65e5:
      return DAY_MARK;
    case 0x6642:
      return HOUR_MARK;
    case 0x5206:
      return MINUTE_MARK;
    case 0x79d2:
      return SECOND_MARK;
    default:
      return OTHER;
  }
}
