// Numbers that look like cards and belong to nobody. In a live list they are held for a person, never
// dropped: some of them stand in ranges that issuers use.

import { PACKED_PAN_BYTES, packPan, packedDigit, packedLength } from './packed-pan.ts';

/** Published for testing by Stripe, Braintree, PayPal, Authorize.net, WebPay and UnivaPay. */
const published = [
  // Visa
  ...['4111111111111111', '4242424242424242', '4012888888881881', '4000056655665556'],
  ...['4005519200000004', '4009348888881881', '4012000033330026', '4012000077777777'],
  ...['4217651111111119', '4500600000000061', '4000020000000000', '4222222222222'],
  ...['4007000000027', '4012888818888'],
  // Mastercard
  ...['5555555555554444', '5105105105105100', '5200828282828210', '5454545454545454'],
  ...['5500000000000004', '2223003122003222', '2223000048400011'],
  // American Express
  ...['378282246310005', '371449635398431', '378734493671000', '370000000000002'],
  ...['340000000000009', '343434343434343'],
  // Discover, and one of BC Card
  ...['6011111111111117', '6011000990139424', '6011981111111113', '6011000000000012'],
  ...['6011000991300009', '6011000000000004', '6555900000604105'],
  // Diners Club
  ...['30569309025904', '38520000023237', '36227206271667', '36259600000004'],
  ...['38000000000006', '30000000000004', '3056930009020004'],
  // JCB
  ...['3530111333300000', '3566002020360505', '3088000000000017', '3088000000000009'],
  // UnionPay
  ...['6200000000000005', '6200000000000047', '6205500000000000004', '6243030000000001'],
  ...['6221261111117766', '6223164991230014'],
  // Maestro, Dankort (one of 11 digits), Switch, Bankcard
  ...['6304000000000000', '5019717010103742', '76009244561', '6331101999990016'],
  ...['5610591081018250'],
];

/** How many published test numbers there are. */
export const PUBLISHED_COUNT = published.length;

/**
 * Writes published test number `index` (from 0) as a packed PAN to `into` at byte `at`. These are the only numbers that
 * this program ever makes up a file of.
 */
export function copyPublished(index: number, into: Uint8Array, at: number): void {
  const from = index * PACKED_PAN_BYTES;
  into.set(packedList.subarray(from, from + PACKED_PAN_BYTES), at);
}

/** Digits in a row that are all the same: under one in a million numbers has eight by chance. */
const REPEATED_MIN = 8;
const BIN_DIGITS = 8;
/** Zeros between an 8-digit BIN and the check digit that are no coincidence: 15-digit PANs have six. */
const ZEROS_MIN = 6;

const packedList = packAll(published);
/** A byte for each 16 bits of a number's middle, as `markOf` has them: 1 where a published number has the same. */
export const testNumberMarks: Uint8Array = markAll(packedList);

/**
 * Whether the packed PAN at byte `at` is a published test number or has the pattern of a made-up one:
 * eight or more equal digits in a row, an 8-digit BIN followed by nothing but zeros and a check digit
 * (15 digits and more), or 16 digits in four groups of equal ones.
 *
 * Throws nothing.
 */
export function isPublishedTestNumber(packed: Uint8Array, at: number): boolean {
  if (isListed(packed, at)) return true;
  // Each pattern makes two neighbouring bytes equal; most cards have none, and need no second look.
  for (let i = 0; i < PACKED_PAN_BYTES - 1; i++) {
    if (packed[at + i] === packed[at + i + 1] && packed[at + i] !== 0xff) {
      return isPatterned(packed, at, packedLength(packed, at));
    }
  }
  return false;
}

function isListed(packed: Uint8Array, at: number): boolean {
  if (testNumberMarks[markOf(packed, at)] === 0) return false;
  for (let entry = 0; entry < packedList.length; entry += PACKED_PAN_BYTES) {
    let i = 0;
    while (i < PACKED_PAN_BYTES && packed[at + i] === packedList[entry + i]) i++;
    if (i === PACKED_PAN_BYTES) return true;
  }
  return false;
}

/** 16 bits of the middle of a number: real cards share beginnings with published ones, but hardly that. */
function markOf(packed: Uint8Array, at: number): number {
  const high = packed[at + 3]! ^ packed[at + 6]!;
  return (high << 8) | (packed[at + 4]! ^ packed[at + 5]!);
}

function isPatterned(packed: Uint8Array, at: number, length: number): boolean {
  let run = 0;
  let runMax = 0;
  let zeros = 0;
  let isInFours = length === 16;
  let previous = -1;
  for (let i = 0; i < length; i++) {
    const digit = packedDigit(packed, at, i);
    run = digit === previous ? run + 1 : 1;
    if (run > runMax) runMax = run;
    if (i % 4 !== 0 && run === 1) isInFours = false;
    if (i >= BIN_DIGITS && i < length - 1 && digit === 0) zeros++;
    previous = digit;
  }
  const isBinAndZeros = zeros >= ZEROS_MIN && zeros === length - 1 - BIN_DIGITS;
  return runMax >= REPEATED_MIN || isBinAndZeros || isInFours;
}

function packAll(numbers: readonly string[]): Uint8Array {
  const packed = new Uint8Array(numbers.length * PACKED_PAN_BYTES);
  numbers.forEach((number, index) => {
    const digits = Uint8Array.from(number, Number);
    packPan(digits, digits.length, packed, index * PACKED_PAN_BYTES);
  });
  return packed;
}

/** One byte for each possible mark, so that nearly all cards cost one table read. */
function markAll(list: Uint8Array): Uint8Array {
  const marks = new Uint8Array(65_536);
  for (let at = 0; at < list.length; at += PACKED_PAN_BYTES) {
    marks[markOf(list, at)] = 1;
  }
  return marks;
}
