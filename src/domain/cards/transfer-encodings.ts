// What mail does to bytes on their way (RFC 2045 §6.7 and §6.8), undone for a search: with no look at headers, so that
// parts of any message, data URLs and values in JSON are reached, too.

import { isUuid } from './identifier-shapes.ts';

const EQUALS = 0x3d;
const PERCENT = 0x25;
const CR = 0x0d;
const LF = 0x0a;
/** The shortest card number, 13 digits, has 18 characters in base64. */
const RUN_MIN = 18;

const PASSED = 64;
const ENDS = 65;
/** By byte: its six bits, `PASSED` for line ends, indents and marks of a quoted mail, `ENDS` for anything else. */
const sixBits = new Uint8Array(256).fill(ENDS);
for (let i = 0; i < 26; i++) {
  sixBits[0x41 + i] = i;
  sixBits[0x61 + i] = 26 + i;
}
for (let i = 0; i < 10; i++) sixBits[0x30 + i] = 52 + i;
for (const [byte, bits] of [
  ...([
    [0x2b, 62],
    [0x2d, 62],
    [0x2f, 63],
    [0x5f, 63],
  ] as const),
  ...([
    [0x20, PASSED],
    [0x09, PASSED],
    [CR, PASSED],
    [LF, PASSED],
    [0x3e, PASSED],
  ] as const),
]) {
  sixBits[byte] = bits;
}

/**
 * Undoes quoted-printable: `=34` is a byte, `=` at the end of a line joins it to the next, anything else stays, and so
 * does a UUID behind an equals sign. Returns
 * how many bytes it wrote into `into`, never more than there are. Throws nothing.
 */
export function undoQuotedPrintable(bytes: Uint8Array, into: Uint8Array): number {
  let written = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== EQUALS) {
      into[written++] = bytes[at]!;
      continue;
    }
    const lineEnd = bytes[at + 1] === CR ? at + 2 : at + 1;
    const byte = hexOf(bytes[at + 1]) * 16 + hexOf(bytes[at + 2]);
    if (bytes[lineEnd] === LF) {
      at = lineEnd;
    } else if (byte >= 0 && !isUuid(bytes, at + 1)) {
      into[written++] = byte;
      at += 2;
    } else {
      into[written++] = EQUALS;
    }
  }
  return written;
}

/** Undoes percent-encoding (RFC 3986 §2.1) as `undoQuotedPrintable` does its own: `%20` is a byte, a UUID stays. */
export function undoPercent(bytes: Uint8Array, into: Uint8Array): number {
  let written = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] === PERCENT ? hexOf(bytes[at + 1]) * 16 + hexOf(bytes[at + 2]) : -1;
    if (byte >= 0 && !isUuid(bytes, at + 1)) {
      into[written++] = byte;
      at += 2;
    } else {
      into[written++] = bytes[at]!;
    }
  }
  return written;
}

/** Where the next run of base64 (or base64url) begins that is long enough, and where it ends; nothing when there is none. */
export function nextBase64Run(
  bytes: Uint8Array,
  from: number,
): { readonly start: number; readonly end: number } | undefined {
  let start = from;
  let characters = 0;
  for (let at = from; at <= bytes.length; at++) {
    const bits = at < bytes.length ? sixBits[bytes[at]!]! : ENDS;
    if (bits < PASSED) characters += 1;
    if (bits !== ENDS) continue;
    if (characters >= RUN_MIN) return { start, end: at };
    start = at + 1;
    characters = 0;
  }
  return undefined;
}

/**
 * Undoes base64 of a run, passing the first `skipped` (0 to 3) characters: what stands in front of the real beginning, a
 * word on the line above, may shift it. Returns how many bytes it wrote into `into`. Throws nothing.
 */
export function undoBase64(run: Uint8Array, skipped: number, into: Uint8Array): number {
  let written = 0;
  let toSkip = skipped;
  let held = 0;
  let bits = 0;
  for (const byte of run) {
    const six = sixBits[byte]!;
    if (six >= PASSED) continue;
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    held = ((held << 6) | six) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    into[written++] = (held >> bits) & 0xff;
  }
  return written;
}

/** The value of a hexadecimal digit; so far below zero for anything else that a pair stays negative. */
function hexOf(byte: number | undefined): number {
  if (byte === undefined) return -1000;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1000;
}
