import type { CodePointRead } from '../intake/code-points.ts';
import { BETWEEN, digitOf, digitSignOf } from '../intake/digit-signs.ts';

const ZERO = 0x30;
const PLUS = 0x2b;
const FULL_WIDTH_PLUS = 0xff0b;
const POSTCODE_DIGITS = 7;
/** ITU-T E.164 §6: digits of an international number at most, and a sign in front. */
const PHONE_BYTES_MAX = 16;
const FOREIGN_DIGITS_MIN = 8;

/**
 * Postcodes and phone numbers of Japan in one form, `bytes[0, length)`: ASCII digits without anything between. Full-width
 * digits, hyphens of every kind, spaces, brackets and 〒 are taken; a letter or any other form of digit refuses.
 *
 * Bytes in, bytes out: a wrong column may hold a card number, which must not become a string. `wipe` it.
 */
export class ContactReader {
  readonly bytes = new Uint8Array(PHONE_BYTES_MAX);
  length = 0;
  readonly #groups: number[] = [];
  #hasPlus = false;
  readonly #read: CodePointRead;

  constructor(read: CodePointRead) {
    this.#read = read;
  }

  /** Digits of the last text that was read, before anything was put in order. */
  get digits(): number {
    return this.#groups.reduce((sum, digits) => sum + digits, 0);
  }

  /**
   * Seven digits. With `isPadded`, zeros that a spreadsheet dropped in front come back: of two groups each, of one group of
   * five or six digits the first. 000-0000 is nobody's.
   */
  readPostcode(bytes: Uint8Array, start: number, end: number, isPadded: boolean): boolean {
    if (!this.#collect(bytes, start, end) || this.#hasPlus) return false;
    const [first = 0, second = 0, third] = this.#groups;
    if (isPadded && third === undefined) {
      if (second > 0 && first <= 3 && second <= 4) this.#pad(first, second);
      else if (second === 0 && first >= 5) this.#insertZeros(0, POSTCODE_DIGITS - this.length);
    }
    return this.length === POSTCODE_DIGITS && !this.#isNothing();
  }

  /**
   * Ten digits that begin with 0, eleven where they begin with 050 to 090, or `+` and a number of another country. +81, 0081 and 81 become 0, and a 0 that a
   * spreadsheet dropped comes back. What is zeros only stands for no phone.
   */
  readPhone(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#collect(bytes, start, end) || this.#isNothing()) return false;
    if (this.#begins('0081')) this.#dropFront(4);
    else if (this.#begins('81') && (this.#hasPlus || this.length === 11 || this.length === 12)) {
      this.#dropFront(2);
    } else if (this.#hasPlus) {
      if (this.length < FOREIGN_DIGITS_MIN) return false;
      this.#insertZeros(0, 1);
      this.bytes[0] = PLUS;
      return true;
    }
    if (this.bytes[0] !== ZERO) this.#insertZeros(0, 1);
    return !this.#isNothing() && this.length === (this.#isElevenLong() ? 11 : 10);
  }

  wipe(): void {
    this.bytes.fill(0);
    this.length = 0;
  }

  /** Digits to `bytes` and their groups; false for too many, and for what is neither digit nor between. */
  #collect(bytes: Uint8Array, start: number, end: number): boolean {
    this.wipe();
    this.#groups.length = 0;
    this.#hasPlus = false;
    let isInside = false;
    for (let at = start; at < end;) {
      const character = this.#read(bytes, at, end);
      if (character <= 0) return false;
      at += character & 7;
      const point = character >> 3;
      const digit = digitOf(point);
      if (digit < 0) {
        isInside = false;
        if (digitSignOf(point) !== BETWEEN) return false;
        if (point !== PLUS && point !== FULL_WIDTH_PLUS) continue;
        if (this.length > 0) return false;
        this.#hasPlus = true;
        continue;
      }
      if (this.length === PHONE_BYTES_MAX - 1) return false;
      if (!isInside) this.#groups.push(0);
      isInside = true;
      this.#groups[this.#groups.length - 1]! += 1;
      this.bytes[this.length++] = ZERO + digit;
    }
    return this.length > 0;
  }

  #pad(first: number, second: number): void {
    this.#insertZeros(first, 4 - second);
    this.#insertZeros(0, 3 - first);
  }

  #insertZeros(at: number, count: number): void {
    if (count <= 0) return;
    this.bytes.copyWithin(at + count, at, this.length);
    this.bytes.fill(ZERO, at, at + count);
    this.length += count;
  }

  /** Drops a country code; the 0 in front of an area code may stand behind it, or not. */
  #dropFront(count: number): void {
    this.bytes.copyWithin(0, count, this.length);
    this.length -= count;
  }

  #begins(digits: string): boolean {
    for (let at = 0; at < digits.length; at += 1) {
      if (this.bytes[at] !== digits.charCodeAt(at)) return false;
    }
    return this.length > digits.length;
  }

  /** 050 to 090, mobile and IP phones, and 0800; all others of Japan have ten digits. */
  #isElevenLong(): boolean {
    return this.bytes[0] === ZERO && this.bytes[1]! >= ZERO + 5 && this.bytes[2] === ZERO;
  }

  #isNothing(): boolean {
    return this.bytes.subarray(0, this.length).every((digit) => digit === ZERO);
  }
}
