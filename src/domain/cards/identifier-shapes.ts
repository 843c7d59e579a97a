// Hexadecimal identifiers that may hold, by chance, groups of digits which read as a card number. Only whole and exact
// shapes count, so that a number beside a digest stays a number.

import { isDigit, isLetter } from './ascii-kinds.ts';

const SPACE = 0x20;
const HYPHEN = 0x2d;
const LF = 0x0a;
const CR = 0x0d;

const uuidGroups = [8, 4, 4, 4, 12] as const;
const UUID_LENGTH = 36;
/** Where the groups of a UUID begin: a number that begins in it begins at one of these. */
const uuidStarts = [0, 9, 14, 19] as const;

const GROUP = 4;
/** A fingerprint of 128 bits, the least in use; of 160 bits it has 10 groups, of 256 bits 16. */
const GROUPS_MIN = 8;
const GROUPS_MAX = 16;
/** Between two groups: a space, two in the middle of what gpg prints, or a line end with its indent. */
const GAP_MAX = 8;

/** As far as a word is looked at to either side. */
const WORD_LOOK = 80;
const SMALL_X = 0x78;
/** The longest card number and a letter. */
const HEX_LENGTH_MAX = 20;
/** Of ids of 64 bits, as traces have them. */
const ID_LENGTH = 16;

/** Whether the digits that begin at `start` stand in a UUID (RFC 9562) or in a fingerprint in groups of four. */
export function isIdentifier(text: Uint8Array, start: number): boolean {
  return uuidStarts.some((offset) => isUuid(text, start - offset)) || isFingerprint(text, start);
}

/** Whether a UUID begins at `start`. */
export function isUuid(text: Uint8Array, start: number): boolean {
  if (start < 0 || isHexAt(text, start - 1) || isHexAt(text, start + UUID_LENGTH)) return false;
  let at = start;
  for (const [index, length] of uuidGroups.entries()) {
    if (index > 0 && text[at++] !== HYPHEN) return false;
    for (const end = at + length; at < end; at++) if (!isHexAt(text, at)) return false;
  }
  return true;
}

/** Whether a UUID stands around `at`, wherever in it. */
export function isInUuid(text: Uint8Array, at: number): boolean {
  for (let start = at; start > at - UUID_LENGTH; start--) if (isUuid(text, start)) return true;
  return false;
}

/**
 * Whether the word of letters and digits around `at` is a digest, an id or a part of one in hexadecimal: no other letters
 * than a to f, and two of them, or a length that a number with one letter at its end does not have, or that of a 64-bit
 * id. Looks no further than 160 characters; longer words are taken for what that part of them is.
 */
export function isHexWord(text: Uint8Array, at: number): boolean {
  let start = at;
  while (at - start < WORD_LOOK && isWord(text[start - 1])) start -= 1;
  let letters = 0;
  let end = start;
  for (; end - at < WORD_LOOK && isWord(text[end]); end++) {
    const isPrefix = end === start + 1 && text[start] === 0x30 && text[end] === SMALL_X;
    if (!isHexAt(text, end) && !isPrefix) return false;
    if (text[end]! > 0x39) letters += isPrefix ? 2 : 1;
  }
  const length = end - start;
  return letters > 1 || length > HEX_LENGTH_MAX || length === ID_LENGTH;
}

/** A series of at least eight groups of four, a letter among them: four card numbers in a row are none. */
function isFingerprint(text: Uint8Array, start: number): boolean {
  let groups = 0;
  let letters = 0;
  const take = (at: number): boolean => {
    if (groups >= GROUPS_MAX || !isGroup(text, at)) return false;
    groups += 1;
    for (let i = at; i < at + GROUP; i++) if (text[i]! > 0x39) letters += 1;
    return true;
  };
  for (let at = start; take(at);) at = pastGap(text, at + GROUP, 1);
  let before = groupBefore(text, start);
  while (take(before)) before = groupBefore(text, before);
  return letters > 0 && groups >= GROUPS_MIN;
}

function groupBefore(text: Uint8Array, at: number): number {
  return pastGap(text, at - 1, -1) - GROUP + 1;
}

/** The next position beyond the gap that begins at `from`; below zero where there is none, or one that is too wide. */
function pastGap(text: Uint8Array, from: number, step: 1 | -1): number {
  let at = from;
  while (isGap(text[at]) && Math.abs(at - from) <= GAP_MAX) at += step;
  const width = Math.abs(at - from);
  return width === 0 || width > GAP_MAX ? -GROUP : at;
}

function isGroup(text: Uint8Array, at: number): boolean {
  if (at < 0 || isHexAt(text, at - 1) || isHexAt(text, at + GROUP)) return false;
  for (let i = at; i < at + GROUP; i++) if (!isHexAt(text, i)) return false;
  return true;
}

function isGap(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF || byte === CR;
}

function isWord(byte: number | undefined): boolean {
  return isDigit(byte) || isLetter(byte);
}

function isHexAt(text: Uint8Array, at: number): boolean {
  const byte = text[at] ?? 0;
  const lower = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x66);
}
