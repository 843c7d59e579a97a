import { brandIndexOf, isBrandLength } from './brands.ts';
import { passesLuhn } from './luhn.ts';
import { PAN_DIGITS_MAX } from './packed-pan.ts';

const DIGITS_MIN = 13;
const SPACE = 0x20;
const HYPHEN = 0x2d;

/**
 * Whether a card number stands in the bytes of a file as ASCII text: 13 to 19 digits with single spaces or hyphens
 * inside, no letter or digit at either end, of a brand, of a length it issues, with the right check digit. The digits
 * become no string. Pictures and compressed files are looked at as they are: what is hidden in them is not found.
 */
export function holdsCardNumber(bytes: Uint8Array): boolean {
  const digits = new Uint8Array(PAN_DIGITS_MAX);
  try {
    for (let at = 0; at < bytes.length; at++) {
      if (!isDigit(bytes[at]!) || (at > 0 && isWord(bytes[at - 1]!))) continue;
      if (beginsCard(bytes, at, digits)) return true;
    }
    return false;
  } finally {
    digits.fill(0);
  }
}

/** Whether a card number begins at `start`, whatever group of digits it ends with. */
function beginsCard(bytes: Uint8Array, start: number, digits: Uint8Array): boolean {
  let length = 0;
  for (let at = start; at < bytes.length; at++) {
    if (length === PAN_DIGITS_MAX) return false;
    digits[length++] = bytes[at]! - 0x30;
    const next = bytes[at + 1];
    if (next !== undefined && isDigit(next)) continue;
    const ends = next === undefined || !isWord(next);
    if (ends && length >= DIGITS_MIN && isCard(digits, length)) return true;
    const isJoined = (next === SPACE || next === HYPHEN) && isDigit(bytes[at + 2] ?? 0);
    if (!isJoined) return false;
    at++;
  }
  return false;
}

function isCard(digits: Uint8Array, length: number): boolean {
  const brand = brandIndexOf(digits, length);
  return brand !== 0 && isBrandLength(brand, length) && passesLuhn(digits, 0, length);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isWord(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
