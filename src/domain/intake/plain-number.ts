import { doubledDigits } from '../cards/luhn.ts';
import { PACKED_PAN_BYTES, PAN_DIGITS_MAX } from '../cards/packed-pan.ts';

const digitsMin = 12;

/**
 * What two digits, packed into a byte, add to the sum of the check: with the first of them doubled, as in numbers of an
 * even length, and with the second.
 */
export const sumsFirstDoubled: Uint8Array = Uint8Array.from({ length: 256 }, (_sum, pair) =>
  isPair(pair) ? doubledDigits[pair >> 4]! + (pair & 0xf) : 0,
);
export const sumsSecondDoubled: Uint8Array = Uint8Array.from({ length: 256 }, (_sum, pair) =>
  isPair(pair) ? (pair >> 4) + doubledDigits[pair & 0xf]! : 0,
);

/**
 * Reads a field that holds nothing but the 12 to 19 digits of a card number, as nearly all do, in one pass: its digits,
 * its packed form and its check digit (ISO/IEC 7812-1 annex B). Every other field is left to `NumberReader`, which reads
 * these to the same result.
 */
export class PlainNumber {
  readonly digits = new Uint8Array(PAN_DIGITS_MAX + 1);
  passesLuhn = false;

  /**
   * Writes the packed number to `into` at byte `at` and returns how many digits it has; 0 where the field is of another
   * form, and what was written means nothing.
   */
  read(bytes: Uint8Array, start: number, end: number, into: Uint8Array, at: number): number {
    const length = end - start;
    if (length < digitsMin || length > PAN_DIGITS_MAX) return 0;
    const { digits } = this;
    const isOdd = (length & 1) === 1;
    const sums = isOdd ? sumsSecondDoubled : sumsFirstDoubled;
    let sum = 0;
    let to = at;
    let place = 0;
    for (let from = start; from < end - 1; from += 2) {
      const first = bytes[from]! - 0x30;
      const second = bytes[from + 1]! - 0x30;
      if (first >>> 0 > 9 || second >>> 0 > 9) return 0;
      digits[place++] = first;
      digits[place++] = second;
      const pair = (first << 4) | second;
      into[to++] = pair;
      sum += sums[pair]!;
    }
    if (isOdd) {
      const last = bytes[end - 1]! - 0x30;
      if (last >>> 0 > 9) return 0;
      digits[place] = last;
      into[to++] = (last << 4) | 0xf;
      sum += last;
    }
    while (to < at + PACKED_PAN_BYTES) into[to++] = 0xff;
    this.passesLuhn = sum % 10 === 0;
    return length;
  }

  wipe(): void {
    this.digits.fill(0);
  }
}

function isPair(byte: number): boolean {
  return byte >> 4 <= 9 && (byte & 0xf) <= 9;
}
