// A card number in ten bytes. It is what is compared, folded, hashed and, sealed, handed on.
//
//   nibble  0 … length-1     digits, the first in the high nibble of byte 0
//   nibble  length … 19      0xF

/** Bytes of a packed PAN: 20 nibbles, for 19 digits at most (ISO/IEC 7812-1). */
export const PACKED_PAN_BYTES = 10;

/** The longest PAN; the 20th nibble is always 0xF, so a packed PAN has an end. */
export const PAN_DIGITS_MAX = 19;

/**
 * Writes the first `length` digit values (0 to 9) of `digits` as a packed PAN to `into` at byte `at`.
 *
 * Throws RangeError for a length outside 1 to 19: a caller's mistake, no property of the input.
 */
export function packPan(digits: Uint8Array, length: number, into: Uint8Array, at: number): void {
  if (length < 1 || length > PAN_DIGITS_MAX) throw new RangeError('packed PAN: 1 to 19 digits');
  const pairs = length >> 1;
  for (let i = 0; i < pairs; i++) into[at + i] = (digits[2 * i]! << 4) | digits[2 * i + 1]!;
  let next = pairs;
  if ((length & 1) === 1) into[at + next++] = (digits[length - 1]! << 4) | 0xf;
  while (next < PACKED_PAN_BYTES) into[at + next++] = 0xff;
}

/**
 * Writes the digit values of the packed PAN at byte `at` to the front of `digits` (19 places suffice).
 *
 * Returns their number; places behind them are left as they were. Exact inverse of `packPan`. Throws nothing.
 */
export function unpackPan(packed: Uint8Array, at: number, digits: Uint8Array): number {
  const length = packedLength(packed, at);
  for (let i = 0; i < length; i++) digits[i] = packedDigit(packed, at, i);
  return length;
}

/** Number of digits of the packed PAN at byte `at`. Throws nothing. */
export function packedLength(packed: Uint8Array, at: number): number {
  // Nearly all numbers have 16 digits: told by two bytes.
  if (packed[at + 8] === 0xff && (packed[at + 7]! & 0xf) !== 0xf) return 16;
  let length = 0;
  while (length < PAN_DIGITS_MAX && packedDigit(packed, at, length) !== 0xf) length++;
  return length;
}

/** Digit value number `index` (from 0) of the packed PAN at byte `at`; 0xF behind its end. Throws nothing. */
export function packedDigit(packed: Uint8Array, at: number, index: number): number {
  const byte = packed[at + (index >> 1)]!;
  return (index & 1) === 0 ? byte >> 4 : byte & 0xf;
}
