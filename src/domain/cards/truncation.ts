// The one truncated form of a card number, stored and shown alike. Two different truncations of one
// number, put side by side, would give more digits away than either.
//
//   bytes 0–4   ten nibbles: first 6 digits, last 4 digits; for PANs under 15 digits the first six are 0xF
//   byte  5     number of digits of the PAN

import { packedDigit, packedLength, PAN_DIGITS_MAX } from './packed-pan.ts';

export const TRUNCATED_BYTES = 6;

const FIRST = 6;
const LAST = 4;
/** Under 15 digits, six and four would leave four or fewer to guess; those keep the last four only. */
const FIRST_KEPT_FROM = 15;
/** The shortest PAN (ISO/IEC 7812-1): of anything shorter, four digits would be half or more. */
const LENGTH_MIN = 8;

/**
 * Truncates a PAN so that the rest of the number cannot be rebuilt from it.
 *
 * Keeps the first 6 and last 4 digits of PANs of 15 to 19 digits, the last 4 of shorter ones. `digits`
 * holds values 0 to 9; six bytes are written to `into` at byte `at`.
 *
 * Source: PCI DSS v4.0.1 requirement 3.5.1; PCI SSC FAQ 1091 (first 6 and last 4 at most, all brands).
 * Throws RangeError for a length outside 8 to 19: a caller's mistake, no property of the input.
 */
export function truncatePan(
  digits: Uint8Array,
  length: number,
  into: Uint8Array,
  at: number,
): void {
  assertLength(length);
  const tail = length - LAST;
  if (length >= FIRST_KEPT_FROM) {
    for (let i = 0; i < FIRST; i += 2) into[at + i / 2] = (digits[i]! << 4) | digits[i + 1]!;
  } else {
    into.fill(0xff, at, at + FIRST / 2);
  }
  into[at + 3] = (digits[tail]! << 4) | digits[tail + 1]!;
  into[at + 4] = (digits[tail + 2]! << 4) | digits[tail + 3]!;
  into[at + 5] = length;
}

/**
 * `truncatePan` of the packed PAN at byte `from`, without its digits ever standing apart. Throws RangeError likewise.
 */
export function truncatePacked(
  packed: Uint8Array,
  from: number,
  into: Uint8Array,
  at: number,
): void {
  const length = packedLength(packed, from);
  assertLength(length);
  const keepsFirst = length >= FIRST_KEPT_FROM;
  into[at] = keepsFirst ? packed[from]! : 0xff;
  into[at + 1] = keepsFirst ? packed[from + 1]! : 0xff;
  into[at + 2] = keepsFirst ? packed[from + 2]! : 0xff;
  const last = from + ((length - 1) >> 1);
  if ((length & 1) === 0) {
    into[at + 3] = packed[last - 1]!;
    into[at + 4] = packed[last]!;
  } else {
    // The last digit stands alone in the high half of its byte.
    into[at + 3] = (packed[last - 2]! << 4) | (packed[last - 1]! >> 4);
    into[at + 4] = (packed[last - 1]! << 4) | (packed[last]! >> 4);
  }
  into[at + 5] = length;
}

/**
 * The only text that is ever made of a PAN: `411111******1111`, as long as the PAN was.
 *
 * Throws RangeError when the six bytes at `at` are no truncated PAN.
 */
export function renderTruncated(truncated: Uint8Array, at: number): string {
  const length = truncated[at + 5] ?? 0;
  assertLength(length);
  const first = length >= FIRST_KEPT_FROM ? kept(truncated, at, 0, FIRST) : '';
  const last = kept(truncated, at, FIRST, LAST);
  return first + '*'.repeat(length - first.length - last.length) + last;
}

function kept(truncated: Uint8Array, at: number, from: number, count: number): string {
  let text = '';
  for (let i = from; i < from + count; i++) {
    const digit = packedDigit(truncated, at, i);
    if (digit > 9) throw new RangeError('truncated PAN: a digit is missing');
    text += String(digit);
  }
  return text;
}

function assertLength(length: number): void {
  if (length < LENGTH_MIN || length > PAN_DIGITS_MAX) {
    throw new RangeError('truncated PAN: 8 to 19 digits');
  }
}
