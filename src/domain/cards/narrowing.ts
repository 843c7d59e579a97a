import { codePointRead, type ByteEncoding } from '../intake/code-points.ts';

const SPACE = 0x20;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const LETTER = 0x78;
/** Neither digit nor letter nor a sign between digits. */
const OTHER = 0x80;
const ESCAPE = 0x1b;
const LF = 0x0a;

/** What is typed or printed for a space: no-break, of fixed widths, narrow, ideographic, of no width. */
const spaces = [
  ...[0xa0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x200b, 0x200c, 0x200d, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff],
];
/** What is typed or printed for a hyphen: soft, dashes, minus, a ruled line, full-width, and the long vowel marks. */
const hyphens = [
  ...[0xad, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x2500, 0x30fc],
  ...[0xfe58, 0xfe63, 0xff0d, 0xff70],
];
/** What is typed or printed for a dot between groups: middle dots, bullets, full-width and ideographic stops. */
const dots = [
  ...[0xb7, 0x2022, 0x2024, 0x2027, 0x2219, 0x22c5, 0x3002, 0x30fb],
  ...[0xff0e, 0xff61, 0xff65],
];
const FULL_WIDTH_SLASH = 0xff0f;
/** What is written for each character of the basic plane. */
const narrowed = narrowedPoints();
/** The same in Latin-1 and Windows-1252, where a byte is no character of the encoding that is read. */
export const singleBytes = new Uint8Array(0x100).fill(OTHER);
singleBytes[0xa0] = SPACE;
singleBytes[0xb7] = DOT;
for (const byte of [0x96, 0x97, 0xad]) singleBytes[byte] = HYPHEN;

/**
 * Writes text as ASCII into `into`: full-width digits as digits, letters as letters, what stands for a space or a
 * hyphen as that, and so for dots, anything else as 0x80. Returns how many bytes it wrote, never more than there are in
 * `bytes`. Bytes that the encoding does not have are passed one by one. Throws nothing.
 */
export function narrowText(bytes: Uint8Array, encoding: ByteEncoding, into: Uint8Array): number {
  const read = codePointRead(encoding);
  let written = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      into[written++] = byte;
      at += 1;
      continue;
    }
    const character = read(bytes, at, bytes.length);
    at += character > 0 ? character & 7 : 1;
    into[written++] = character > 0 ? narrowPoint(character >> 3) : singleBytes[byte]!;
  }
  return written;
}

/** `narrowText` of UTF-16, of two bytes each from `start` on; surrogates are passed as two characters. */
export function narrowUtf16(
  bytes: Uint8Array,
  start: 0 | 1,
  isLittle: boolean,
  into: Uint8Array,
): number {
  const high = isLittle ? 1 : 0;
  let written = 0;
  for (let at = start; at + 1 < bytes.length; at += 2) {
    into[written++] = narrowPoint(bytes[at + high]! * 256 + bytes[at + 1 - high]!);
  }
  return written;
}

/** `narrowText` of UTF-32, of four bytes each from `start` (0 to 3) on. */
export function narrowUtf32(
  bytes: Uint8Array,
  start: number,
  isLittle: boolean,
  into: Uint8Array,
): number {
  const [plane, high, low, top] = isLittle ? [2, 1, 0, 3] : [1, 2, 3, 0];
  let written = 0;
  for (let at = start; at + 3 < bytes.length; at += 4) {
    const isBasic = bytes[at + top] === 0 && bytes[at + plane] === 0;
    into[written++] = isBasic ? narrowPoint(bytes[at + high]! * 256 + bytes[at + low]!) : OTHER;
  }
  return written;
}

/**
 * `narrowText` of ISO-2022-JP (RFC 1468), the encoding of Japanese mail: between `ESC $ B` (or `@`) and `ESC (`, or the
 * end of the line, two bytes are a character, numbered as in EUC-JP without the high bits.
 */
export function narrowIso2022(bytes: Uint8Array, into: Uint8Array): number {
  const read = codePointRead('euc-jp');
  const pair = new Uint8Array(2);
  let written = 0;
  let isWide = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === LF) isWide = false;
    if (byte === ESCAPE) {
      isWide = bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
      at += 2;
    } else if (isWide && at + 1 < bytes.length) {
      pair[0] = byte | 0x80;
      pair[1] = bytes[++at]! | 0x80;
      const character = read(pair, 0, 2);
      into[written++] = character > 0 ? narrowPoint(character >> 3) : OTHER;
    } else {
      into[written++] = byte < 0x80 ? byte : OTHER;
    }
  }
  pair.fill(0);
  return written;
}

/** What is written for a character: those beyond the basic plane are nothing that is looked for. */
export function narrowPoint(point: number): number {
  return point > 0xffff ? OTHER : narrowed[point]!;
}

function narrowedPoints(): Uint8Array {
  const table = new Uint8Array(0x10000).fill(OTHER);
  for (let point = 0; point < 0x80; point++) table[point] = point;
  for (const point of spaces) table[point] = SPACE;
  for (const point of hyphens) table[point] = HYPHEN;
  for (const point of dots) table[point] = DOT;
  table[FULL_WIDTH_SLASH] = SLASH;
  for (let digit = 0; digit < 10; digit++) table[0xff10 + digit] = 0x30 + digit;
  table.fill(LETTER, 0xff21, 0xff3b).fill(LETTER, 0xff41, 0xff5b);
  return table;
}
