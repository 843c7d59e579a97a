import { PACKED_PAN_BYTES } from '../cards/packed-pan.ts';

const ZEROS = 0x3030;
const ONE_BYTE = 0xff;
/** A place behind the last digit of a packed PAN. */
const NO_DIGIT = 0xf;

/** Both digits of a packed byte in ASCII, as one little-endian number of 16 bits. */
const packedPairs = Uint16Array.from(
  { length: 256 },
  (_, byte) => ZEROS + (byte >> 4) + ((byte & 0xf) << 8),
);

/** The numbers 00 to 99 in ASCII, likewise. */
const decimalPairs = Uint16Array.from(
  { length: 100 },
  (_, value) => ZEROS + Math.floor(value / 10) + ((value % 10) << 8),
);

/** Writes a number from 0 to 99 as two digits at byte `at`. */
export function putTwo(into: DataView, at: number, value: number): void {
  into.setUint16(at, decimalPairs[value]!, true);
}

/** Writes a number from 0 to 9999 as four digits. */
export function putFour(into: DataView, at: number, value: number): void {
  const hundreds = (value / 100) | 0;
  into.setUint32(at, decimalPairs[hundreds]! | (decimalPairs[value - hundreds * 100]! << 16), true);
}

/** Writes a whole number from 0 to 9 999 999 999 as ten digits. */
export function putTen(into: DataView, at: number, value: number): void {
  const upper = Math.floor(value / 100_000_000);
  const lower = (value - upper * 100_000_000) | 0;
  const middle = (lower / 10_000) | 0;
  putTwo(into, at, upper);
  putFour(into, at + 2, middle);
  putFour(into, at + 6, lower - middle * 10_000);
}

/** Writes the digits of the packed PAN at byte `from`, two at a time; returns where they end. */
export function putPacked(into: DataView, at: number, packed: Uint8Array, from: number): number {
  const eighth = packed[from + 7]!;
  if (packed[from + 8] === ONE_BYTE && (eighth & NO_DIGIT) !== NO_DIGIT) {
    into.setUint32(at, pairs(packed[from]!, packed[from + 1]!), true);
    into.setUint32(at + 4, pairs(packed[from + 2]!, packed[from + 3]!), true);
    into.setUint32(at + 8, pairs(packed[from + 4]!, packed[from + 5]!), true);
    into.setUint32(at + 12, pairs(packed[from + 6]!, eighth), true);
    return at + 16;
  }
  let to = at;
  for (let i = 0; i < PACKED_PAN_BYTES; i += 1) {
    const byte = packed[from + i]!;
    if (byte === ONE_BYTE) return to;
    if ((byte & NO_DIGIT) === NO_DIGIT) {
      // One byte: what stands behind may be the next record already.
      into.setUint8(to, packedPairs[byte]! & 0xff);
      return to + 1;
    }
    into.setUint16(to, packedPairs[byte]!, true);
    to += 2;
  }
  return to;
}

function pairs(first: number, second: number): number {
  return packedPairs[first]! | (packedPairs[second]! << 16);
}
