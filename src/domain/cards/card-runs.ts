import { isDigit, isLetter } from './ascii-kinds.ts';
import { brandIndexOf, isBrandLength } from './brands.ts';
import { isHexWord, isIdentifier } from './identifier-shapes.ts';
import { passesLuhn } from './luhn.ts';
import { PAN_DIGITS_MAX } from './packed-pan.ts';
import { nextStretch } from './stretches.ts';

export const DIGITS_MIN = 13;
const SPACE = 0x20;
const HYPHEN = 0x2d;
const CARET = 0x5e;
const LETTER_D = 0x64;
/** Behind a number on the stripe: year and month of its end, and the service code. */
const STRIPE_DIGITS = 7;

const isInNumber = new Uint8Array(0x100).fill(1, 0x30, 0x3a);
isInNumber[SPACE] = 1;
isInNumber[HYPHEN] = 1;

/**
 * Whether a card number stands in narrowed text (ASCII, see `narrowing.ts`): 13 to 19 digits with single spaces or
 * hyphens inside, no digit at either end, of a brand, of a length it issues, with the right check digit. Letters may
 * touch a number without signs inside, unless they make a digest of it. UUIDs and fingerprints in groups of four are
 * none, whatever their digits are. The digits become no string.
 */
export function holdsCardRun(text: Uint8Array): boolean {
  const digits = new Uint8Array(PAN_DIGITS_MAX);
  try {
    for (let at = nextStretch(text, 0, isInNumber, DIGITS_MIN); at >= 0;) {
      for (; isInNumber[text[at] ?? 0] === 1; at++) {
        if (!isDigit(text[at]) || isDigit(text[at - 1])) continue;
        if (beginsCard(text, at, digits)) return true;
      }
      at = nextStretch(text, at, isInNumber, DIGITS_MIN);
    }
    return false;
  } finally {
    digits.fill(0);
  }
}

/** Whether the digit values are those of a card number: a brand, a length it issues, the check digit. */
export function isCard(digits: Uint8Array, length: number): boolean {
  const brand = brandIndexOf(digits, length);
  return brand !== 0 && isBrandLength(brand, length) && passesLuhn(digits, 0, length);
}

/** Whether a card number begins at `start`, whatever group of digits it ends with. */
function beginsCard(text: Uint8Array, start: number, digits: Uint8Array): boolean {
  const touched = isLetter(text[start - 1]);
  let length = 0;
  for (let at = start; at < text.length; at++) {
    if (length === PAN_DIGITS_MAX) return false;
    digits[length++] = text[at]! - 0x30;
    const next = text[at + 1];
    if (isDigit(next)) continue;
    if (length >= DIGITS_MIN && isCard(digits, length)) {
      if (!touched && !isLetter(next)) return !isIdentifier(text, start);
      const isWhole = at + 1 - start === length;
      return isWhole && (isOnStripe(text, start, at + 1) || !isHexWord(text, start));
    }
    const isJoined = (next === SPACE || next === HYPHEN) && isDigit(text[at + 2]);
    if (!isJoined) return false;
    at++;
  }
  return false;
}

/**
 * Whether the digits stand as on a magnetic stripe (ISO/IEC 7813): a caret behind them on track 1, on track 2 the sign
 * that programs write as D, with the end of the card's life and the service code.
 */
function isOnStripe(text: Uint8Array, start: number, end: number): boolean {
  if (text[end] === CARET) return true;
  if (((text[end] ?? 0) | 0x20) !== LETTER_D || isLetter(text[start - 1])) return false;
  for (let at = end + 1; at <= end + STRIPE_DIGITS; at++) if (!isDigit(text[at])) return false;
  const month = (text[end + 3]! - 0x30) * 10 + text[end + 4]! - 0x30;
  return month >= 1 && month <= 12;
}
