// The check digit of card numbers (ISO/IEC 7812-1 annex B), over digit values 0 to 9.

/** Twice each digit, its two digits added up. */
export const doubledDigits = Uint8Array.of(0, 2, 4, 6, 8, 1, 3, 5, 7, 9);

/**
 * Tells a mistyped or damaged number from a whole one.
 *
 * `digits` holds values 0 to 9, not ASCII; `length` of them are read from `start`, check digit last.
 * Fewer than two digits never pass. A row of zeros does: it is the brand that rules it out.
 *
 * Source: ISO/IEC 7812-1 annex B. Throws nothing.
 */
export function passesLuhn(digits: Uint8Array, start: number, length: number): boolean {
  if (length < 2) return false;
  return (sumBefore(digits, start, length - 1) + digits[start + length - 1]!) % 10 === 0;
}

/**
 * The digit that has to follow `length` digits from `start` so that all of them pass.
 *
 * Source: ISO/IEC 7812-1 annex B. Throws nothing.
 */
export function luhnCheckDigit(digits: Uint8Array, start: number, length: number): number {
  return (10 - (sumBefore(digits, start, length) % 10)) % 10;
}

/** Sum of the digits in front of a check digit: every second one doubled, beginning at the last. */
function sumBefore(digits: Uint8Array, start: number, length: number): number {
  let sum = 0;
  let at = start + length - 1;
  for (; at > start; at -= 2) sum += doubledDigits[digits[at]!]! + digits[at - 1]!;
  if (at === start) sum += doubledDigits[digits[at]!]!;
  return sum;
}
