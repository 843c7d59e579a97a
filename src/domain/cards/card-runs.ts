import { brandIndexOf, isBrandLength } from './brands.ts';
import { isIdentifier } from './identifier-shapes.ts';
import { passesLuhn } from './luhn.ts';
import { PAN_DIGITS_MAX } from './packed-pan.ts';
import { nextStretch } from './stretches.ts';

export const DIGITS_MIN = 13;
const SPACE = 0x20;
const HYPHEN = 0x2d;

const isInNumber = new Uint8Array(0x100).fill(1, 0x30, 0x3a);
isInNumber[SPACE] = 1;
isInNumber[HYPHEN] = 1;

/**
 * Whether a card number stands in narrowed text (ASCII, see `narrowing.ts`): 13 to 19 digits with single spaces or
 * hyphens inside, no letter or digit at either end, of a brand, of a length it issues, with the right check digit. UUIDs
 * and fingerprints in groups of four are none, whatever their digits are. The digits become no string.
 */
export function holdsCardRun(text: Uint8Array): boolean {
  const digits = new Uint8Array(PAN_DIGITS_MAX);
  try {
    for (let at = nextStretch(text, 0, isInNumber, DIGITS_MIN); at >= 0;) {
      for (; isInNumber[text[at] ?? 0] === 1; at++) {
        if (!isDigit(text[at]!) || (at > 0 && isWord(text[at - 1]!))) continue;
        if (beginsCard(text, at, digits)) return true;
      }
      at = nextStretch(text, at, isInNumber, DIGITS_MIN);
    }
    return false;
  } finally {
    digits.fill(0);
  }
}

/** Whether a card number begins at `start`, whatever group of digits it ends with. */
function beginsCard(text: Uint8Array, start: number, digits: Uint8Array): boolean {
  let length = 0;
  for (let at = start; at < text.length; at++) {
    if (length === PAN_DIGITS_MAX) return false;
    digits[length++] = text[at]! - 0x30;
    const next = text[at + 1];
    if (next !== undefined && isDigit(next)) continue;
    const ends = next === undefined || !isWord(next);
    if (ends && length >= DIGITS_MIN && isCard(digits, length)) return !isIdentifier(text, start);
    const isJoined = (next === SPACE || next === HYPHEN) && isDigit(text[at + 2] ?? 0);
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
