import type { CodePointRead } from './code-points.ts';
import { PlainText, VOWEL_MARK } from './plain-text.ts';

/** What a field that should hold a card number turned out to hold. */
export const NUMBER_READ = 0;
export const NUMBER_EMPTY = 1;
export const NUMBER_MASKED = 2;
export const NUMBER_EXPONENT = 3;
export const NUMBER_CHARACTERS = 4;
export type NumberReading = 0 | 1 | 2 | 3 | 4;

const SPACE = 0x20;
const HYPHEN = 0x2d;
/** More than any card number; further digits are counted, not kept. */
const digitsKept = 32;
/** Masking signs without any digit are a masked number from so many on; a single x is a letter. */
const lonelyMasksMin = 4;

/**
 * Reads card numbers out of fields into `digits` (values 0 to 9) and `length`. A number may stand in several fields,
 * read in order after `clear`.
 *
 * Read are ASCII and full-width digits. Dropped are spaces (ASCII, TAB, no-break, figure, thin, ideographic), hyphens
 * and dashes (ASCII, U+2010 to U+2015, U+2212, full-width), the long vowel mark between two digits, one apostrophe in
 * front and the wrapping `="…"` with which spreadsheets keep text. Anything else is named, never repaired: masking
 * signs (`* x X # • ●` and full-width ones) beside digits or four in a row, exponent notation, other characters. Digits
 * of other scripts are other characters. A field without any digit or sign is `NUMBER_EMPTY`.
 *
 * Throws nothing. `wipe` when done.
 */
export class NumberReader {
  readonly digits = new Uint8Array(digitsKept);
  length = 0;
  readonly #text: PlainText;

  constructor(read: CodePointRead) {
    this.#text = new PlainText(read);
  }

  clear(): void {
    this.length = 0;
  }

  /** Reads one field behind what was read since `clear`. On any other answer than `NUMBER_READ`, `length` says nothing. */
  read(bytes: Uint8Array, start: number, end: number): NumberReading {
    const digits = this.digits;
    const before = this.length;
    let length = before;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      const value = byte - 0x30;
      if (value >= 0 && value <= 9) {
        if (length < digitsKept) digits[length] = value;
        length++;
      } else if (byte !== SPACE && byte !== HYPHEN) return this.#readSlowly(bytes, start, end);
    }
    this.length = length;
    return length > before ? NUMBER_READ : NUMBER_EMPTY;
  }

  wipe(): void {
    this.digits.fill(0);
    this.#text.wipe();
    this.length = 0;
  }

  #readSlowly(bytes: Uint8Array, start: number, end: number): NumberReading {
    const text = this.#text;
    text.clear();
    text.append(bytes, start, end);
    if (text.isCut) return NUMBER_CHARACTERS;
    text.unwrap();
    if (isExponent(text.bytes, 0, text.length)) return NUMBER_EXPONENT;
    return this.#takeDigits();
  }

  #takeDigits(): NumberReading {
    const { bytes, length: end } = this.#text;
    const before = this.length;
    let masks = 0;
    for (let at = 0; at < end; at++) {
      const byte = bytes[at]!;
      if (isDigit(byte)) {
        if (this.length < digitsKept) this.digits[this.length] = byte - 0x30;
        this.length++;
      } else if (isMask(byte)) masks++;
      else if (byte === VOWEL_MARK) {
        if (at === 0 || at + 1 === end) return NUMBER_CHARACTERS;
        if (!isDigit(bytes[at - 1]!) || !isDigit(bytes[at + 1]!)) return NUMBER_CHARACTERS;
      } else if (byte !== SPACE && byte !== HYPHEN) return NUMBER_CHARACTERS;
    }
    const hasDigits = this.length > before;
    if (masks > 0 && (hasDigits || masks >= lonelyMasksMin)) return NUMBER_MASKED;
    if (masks > 0) return NUMBER_CHARACTERS;
    return hasDigits ? NUMBER_READ : NUMBER_EMPTY;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** `*`, `#`, `x`, `X`; bullets and full-width forms have become these. */
function isMask(byte: number): boolean {
  return byte === 0x2a || byte === 0x23 || byte === 0x58 || byte === 0x78;
}

/** Digits, perhaps a decimal point or comma and more digits, E, perhaps a sign, one to three digits. */
function isExponent(bytes: Uint8Array, from: number, to: number): boolean {
  let at = passDigits(bytes, from, to);
  if (at === from) return false;
  if (at < to && (bytes[at] === 0x2e || bytes[at] === 0x2c)) {
    at = passDigits(bytes, at + 1, to);
  }
  if (at >= to || (bytes[at]! | 0x20) !== 0x65) return false;
  at++;
  if (at < to && (bytes[at] === 0x2b || bytes[at] === HYPHEN)) at++;
  const end = passDigits(bytes, at, to);
  return end === to && end - at >= 1 && end - at <= 3;
}

function passDigits(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isDigit(bytes[at]!)) at++;
  return at;
}
