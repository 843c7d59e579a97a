import { brandIndexOf, isBrandLength } from '../cards/brands.ts';
import { passesLuhn } from '../cards/luhn.ts';
import { codePointRead, decodeText, type CodePointRead } from './code-points.ts';
import { BETWEEN, digitOf, digitSignOf, OTHER_DIGIT } from './digit-signs.ts';
import { REFERENCE_BYTES_MAX } from './limits.ts';
import { countDigits } from './text-values.ts';

const numberDigitsMin = 13;
const numberDigitsMax = 19;
const readUtf8 = codePointRead('utf-8');

/**
 * Order references as normalised UTF-8 in `bytes[start, end)`: trimmed, NFKC, control characters made spaces, the
 * wrapping of spreadsheets taken off. ASCII without anything to take off is handed through as it stands.
 *
 * `take` answers false where there is nothing to keep: an empty reference, one that is too long, or one that holds a
 * card number (13 to 19 digits, of a brand and its lengths, with the right check digit, whatever stands between them that
 * is neither letter nor digit), or a digit that is neither ASCII nor full-width and would become one. Such a reference
 * would be stored and shown; `isWithheld` tells it from an empty one, `isNumber` a number from one that is too long.
 */
export class ReferenceText {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  isWithheld = false;
  isNumber = false;
  readonly #read: CodePointRead;
  readonly #digits = new Uint8Array(REFERENCE_BYTES_MAX);
  readonly #groupStarts = new Uint16Array(REFERENCE_BYTES_MAX + 1);
  readonly #candidate = new Uint8Array(numberDigitsMax);

  constructor(read: CodePointRead) {
    this.#read = read;
  }

  take(bytes: Uint8Array, start: number, end: number): boolean {
    this.isWithheld = false;
    this.isNumber = false;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    if (start >= end) return false;
    if (end - start > REFERENCE_BYTES_MAX) {
      this.isWithheld = true;
      return false;
    }
    const isPlain = isPlainText(bytes, start, end);
    const isShort = end - start < numberDigitsMin;
    if (isPlain && (isShort || countDigits(bytes, start, end) < numberDigitsMin)) return true;
    // Before anything is decoded: a card number must not become a string.
    if (!isPlain && this.#holdsOtherDigit()) return this.#withholdNumber();
    if (this.holdsCard(bytes, start, end)) return this.#withholdNumber();
    return isPlain || this.#normalise();
  }

  /**
   * Copies a reference that is to be kept as it stands, and sees in the same pass that it is: printable ASCII with
   * nothing to take off and too few digits for a card number. Returns where it ends in `into`, or 0 where `take` has to
   * look at it. There must be room for it from `to` on.
   */
  copyPlain(bytes: Uint8Array, start: number, end: number, into: Uint8Array, to: number): number {
    this.isWithheld = false;
    if (start >= end || end - start > REFERENCE_BYTES_MAX) return 0;
    if (canBeWrapped(bytes, start, end)) return 0;
    let digits = 0;
    let last = to;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if ((byte - 0x20) >>> 0 > 0x7e - 0x20) return 0;
      if ((byte - 0x30) >>> 0 <= 9) digits++;
      into[last++] = byte;
    }
    return digits < numberDigitsMin ? last : 0;
  }

  wipe(): void {
    this.#digits.fill(0);
    this.#candidate.fill(0);
  }

  #normalise(): boolean {
    const text = unwrap(decodeText(this.#read, this.bytes, this.start, this.end).normalize('NFKC'));
    if (text === '') return false;
    this.bytes = new TextEncoder().encode(text);
    this.start = 0;
    this.end = this.bytes.length;
    this.isWithheld = this.end > REFERENCE_BYTES_MAX;
    if (this.isWithheld) return false;
    // Once more, as it would be kept: what NFKC and the trimming made of it.
    return this.holdsCard(this.bytes, 0, this.end, readUtf8) ? this.#withholdNumber() : true;
  }

  #withholdNumber(): false {
    this.isNumber = true;
    this.isWithheld = true;
    return false;
  }

  #holdsOtherDigit(): boolean {
    for (let at = this.start; at < this.end;) {
      const character = this.#read(this.bytes, at, this.end);
      at += character > 0 ? character & 7 : 1;
      if (character > 0 && digitSignOf(character >> 3) === OTHER_DIGIT) return true;
    }
    return false;
  }

  /**
   * Looks at ASCII or full-width digits with anything but letters between: at every run of whole neighbouring groups, as
   * the scrubber of logs does. A number with a line number behind it is a number. At most `REFERENCE_BYTES_MAX` bytes.
   */
  holdsCard(bytes: Uint8Array, start: number, end: number, read = this.#read): boolean {
    let length = 0;
    let groups = 0;
    let isInside = false;
    for (let at = start; at < end;) {
      const character = read(bytes, at, end);
      at += character > 0 ? character & 7 : 1;
      const point = character > 0 ? character >> 3 : -1;
      const digit = digitOf(point);
      if (digit >= 0) {
        if (!isInside) this.#groupStarts[groups++] = length;
        isInside = true;
        this.#digits[length++] = digit;
        continue;
      }
      isInside = false;
      if (digitSignOf(point) === BETWEEN) continue;
      if (this.#areCard(groups, length)) return true;
      length = 0;
      groups = 0;
    }
    return this.#areCard(groups, length);
  }

  #areCard(groups: number, length: number): boolean {
    const starts = this.#groupStarts;
    starts[groups] = length;
    for (let first = 0; first < groups; first++) {
      for (let next = first + 1; next <= groups; next++) {
        const count = starts[next]! - starts[first]!;
        if (count > numberDigitsMax) break;
        if (count >= numberDigitsMin && this.#isCard(starts[first]!, count)) return true;
      }
    }
    return false;
  }

  #isCard(from: number, length: number): boolean {
    const digits = this.#candidate;
    for (let at = 0; at < length; at++) digits[at] = this.#digits[from + at]!;
    const brand = brandIndexOf(digits, length);
    return brand !== 0 && isBrandLength(brand, length) && passesLuhn(digits, 0, length);
  }
}

/** Printable ASCII that neither begins nor ends with a sign that could be a wrapping. */
function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  if (canBeWrapped(bytes, start, end)) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

/** Whether it begins or ends with a space, or begins with an apostrophe or `=`. */
function canBeWrapped(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start]!;
  return first === 0x20 || first === 0x27 || first === 0x3d || bytes[end - 1] === 0x20;
}

function unwrap(text: string): string {
  const trimmed = text.replace(/\p{Cc}+/gu, ' ').trim();
  const wrapped = /^="(.*)"$/.exec(trimmed)?.[1];
  return (wrapped ?? trimmed.replace(/^'/, '')).trim();
}
