import { isDigit, isLetter } from './ascii-kinds.ts';
import { DIGITS_MIN, isCard } from './card-runs.ts';
import { isIdentifier, isInUuid } from './identifier-shapes.ts';
import { TAG_GAP } from './markup.ts';
import { PAN_DIGITS_MAX } from './packed-pan.ts';
import { nextStretch } from './stretches.ts';

const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const HYPHEN = 0x2d;
/** Signs of which one stands between two groups; the same one between all of them. */
const gapSigns = new Set([SPACE, HYPHEN, TAB, 0x2b, 0x2e, 0x2f, 0x5f, TAG_GAP]);
/** What may stand around a line end: blanks, a hyphen, the marks of a quoted mail. */
const lineSigns = new Set([SPACE, TAB, 0x0d, HYPHEN, 0x3e]);
const LINE_SIGNS_MAX = 16;
/** More than a number with its signs and the group beside it. */
const AROUND = 32;

const GROUP = 4;
const isDigitByte = new Uint8Array(0x100).fill(1, 0x30, 0x3a);
/** The groups in which numbers are printed on cards. */
const shapes: readonly (readonly number[])[] = [
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
  [4, 4, 4, 4, 3],
];

interface Gap {
  /** Where the next group begins. */
  readonly end: number;
  /** The sign, or LF. */
  readonly sign: number;
}

/**
 * Whether a card number stands in narrowed text in the groups that are printed on cards, with one sign between them that
 * may be a tab, a dot, a slash, a plus, an underline, a tag or a line end besides space and hyphen; letters may touch it.
 *
 * A row of more groups of four than the number has, in the same signs, is a table: only spaces and hyphens may go on.
 */
export function holdsCardGroups(text: Uint8Array): boolean {
  return holdsGroupsOver(text, undefined);
}

/** The same of numbers that begin before and end behind a place, where one is given. */
function holdsGroupsOver(text: Uint8Array, place: number | undefined): boolean {
  const digits = new Uint8Array(PAN_DIGITS_MAX);
  try {
    let at = nextStretch(text, 0, isDigitByte, GROUP);
    while (at >= 0 && at < (place ?? text.length)) {
      const start = at;
      const end = digitsEnd(text, start);
      const isEnd = (shape: readonly number[]): boolean =>
        cardEnd(text, start, shape, digits) > (place ?? 0);
      if (end - start === GROUP && shapes.some(isEnd)) return true;
      at = nextStretch(text, end, isDigitByte, GROUP);
    }
    return false;
  } finally {
    digits.fill(0);
  }
}

/** Behind the card number in such groups that begins at `start`; -1 where there is none. */
function cardEnd(
  text: Uint8Array,
  start: number,
  shape: readonly number[],
  digits: Uint8Array,
): number {
  let sign = 0;
  let hasLines = false;
  let at = start;
  let length = 0;
  for (const [index, size] of shape.entries()) {
    if (index > 0) {
      const gap = gapAt(text, at);
      if (gap === undefined) return -1;
      if (gap.sign === LF) hasLines = true;
      else if (sign !== 0 && gap.sign !== sign) return -1;
      else sign = gap.sign;
      at = gap.end;
    }
    const end = digitsEnd(text, at);
    if (end - at !== size) return -1;
    while (at < end) digits[length++] = text[at++]! - 0x30;
  }
  if (!isCard(digits, length) || isIdentifier(text, start) || isInUuid(text, start)) return -1;
  if (hasLines && sign !== 0 && sign !== SPACE && sign !== HYPHEN) return -1;
  const mayGoOn = !hasLines && (sign === SPACE || sign === HYPHEN);
  return mayGoOn || !(isAfterGroup(text, start) || isBeforeGroup(text, at)) ? at : -1;
}

/** The gap between the group that ends at `from` and the next; nothing where no digit follows one. */
function gapAt(text: Uint8Array, from: number): Gap | undefined {
  const sign = text[from];
  if (sign !== undefined && gapSigns.has(sign) && isDigit(text[from + 1])) {
    return { end: from + 1, sign };
  }
  const end = overLineEnd(text, from);
  return end < 0 ? undefined : { end, sign: LF };
}

/** Where the digits go on behind one line end; -1 where they do not. */
function overLineEnd(text: Uint8Array, from: number): number {
  let lines = 0;
  let at = from;
  for (; at - from <= LINE_SIGNS_MAX; at++) {
    if (text[at] === LF) lines += 1;
    else if (!lineSigns.has(text[at] ?? 0)) break;
  }
  return lines === 1 && isDigit(text[at]) ? at : -1;
}

function isBeforeGroup(text: Uint8Array, end: number): boolean {
  const gap = gapAt(text, end);
  return gap !== undefined && digitsEnd(text, gap.end) - gap.end === GROUP;
}

function isAfterGroup(text: Uint8Array, start: number): boolean {
  let at = start - 1;
  while (start - at <= LINE_SIGNS_MAX && isBetween(text[at])) at -= 1;
  if (at === start - 1 || !isDigit(text[at])) return false;
  for (let i = 0; i < GROUP; i++) if (!isDigit(text[at - i])) return false;
  return !isDigit(text[at - GROUP]);
}

function isBetween(byte: number | undefined): boolean {
  return byte !== undefined && (byte === LF || gapSigns.has(byte) || lineSigns.has(byte));
}

/** Behind the row of digits at `start`. */
function digitsEnd(text: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(text[at])) at += 1;
  return at;
}

/**
 * Whether a card number is cut in two by a line end, without signs or within one of its groups. Where the lines above or
 * below are cut among digits as well there is a table, and no number is looked for.
 */
export function holdsWrappedCard(text: Uint8Array): boolean {
  const digits = new Uint8Array(PAN_DIGITS_MAX);
  try {
    let before = false;
    for (let line = text.indexOf(LF); line >= 0;) {
      const next = text.indexOf(LF, line + 1);
      const cut = cutAt(text, line);
      if (cut !== undefined && !before && (next < 0 || cutAt(text, next) === undefined)) {
        if (isWrapped(text, cut, digits) || holdsJoined(text, cut)) return true;
      }
      before = cut !== undefined;
      line = next;
    }
    return false;
  } finally {
    digits.fill(0);
  }
}

interface Cut {
  /** Behind the last digit of the line. */
  readonly end: number;
  /** The first digit of the next one. */
  readonly start: number;
}

function cutAt(text: Uint8Array, line: number): Cut | undefined {
  let end = line;
  while (line - end <= LINE_SIGNS_MAX && lineSigns.has(text[end - 1] ?? 0)) end -= 1;
  if (!isDigit(text[end - 1])) return undefined;
  const start = overLineEnd(text, end);
  return start < 0 ? undefined : { end, start };
}

/** Whether what stands around the cut has a number in groups over it, once the line end is gone. */
function holdsJoined(text: Uint8Array, { end, start }: Cut): boolean {
  const before = text.subarray(Math.max(0, end - AROUND), end);
  const joined = new Uint8Array(before.length + AROUND);
  joined.set(before);
  joined.set(text.subarray(start, start + AROUND), before.length);
  const holds = holdsGroupsOver(joined, before.length);
  joined.fill(0);
  return holds;
}

/** Both halves as they are. */
function isWrapped(text: Uint8Array, { end, start }: Cut, digits: Uint8Array): boolean {
  let first = end;
  while (end - first <= PAN_DIGITS_MAX && isDigit(text[first - 1])) first -= 1;
  let last = start;
  while (last - start <= PAN_DIGITS_MAX && isDigit(text[last])) last += 1;
  const length = end - first + last - start;
  if (length < DIGITS_MIN || length > PAN_DIGITS_MAX) return false;
  if (isJoined(text, first - 1, -1) || isJoined(text, last, 1)) return false;
  digits.set(text.subarray(first, end), 0);
  digits.set(text.subarray(start, last), end - first);
  for (let at = 0; at < length; at++) digits[at]! -= 0x30;
  return isCard(digits, length);
}

/** Whether the digits go on beyond a sign, as those of dates and times do, or are part of a digest. */
function isJoined(text: Uint8Array, at: number, step: 1 | -1): boolean {
  const byte = text[at];
  if (isLetter(byte)) return (byte! | 0x20) <= 0x66;
  const isSign = byte !== undefined && (gapSigns.has(byte) || byte === 0x3a || byte === 0x2c);
  return isSign && isDigit(text[at + step]);
}
