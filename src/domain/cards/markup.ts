// What HTML and XML put between and instead of characters, undone for a search in narrowed text.

import { isDigit, isLetter } from './ascii-kinds.ts';
import { narrowPoint } from './narrowing.ts';

const AND = 0x26;
const LESS = 0x3c;
const MORE = 0x3e;
const HASH = 0x23;
const SEMICOLON = 0x3b;
const LF = 0x0a;
/** Stands for tags that set two texts apart, and for blanks around them. No text has it. */
export const TAG_GAP = 0x1d;

/** The longest names looked for; no digit is part of one. */
const NAME_MAX = 14;
/** In front of markup: chance puts fewer there in every file that is compressed. */
const MARKED_DIGITS_MIN = 4;
/** Four characters in UTF-32, and blanks. */
const MARKED_LOOK = 32;
/** Four characters in UTF-32. */
const REFERENCE_LOOK = 16;
/** Of a code point, leading zeros among them. */
const POINT_DIGITS_MAX = 7;
/** Tags within a word. */
const inlineTags = new Set(
  'a b i u s em strong span font small big mark code kbd samp tt wbr nobr sup sub ins del'.split(
    ' ',
  ),
);
const lineTags = new Set(['br', 'hr']);
/** Characters by their names, those that may stand between two digits; the others are left as they are. */
const named: ReadonlyMap<string, number> = new Map([
  ...names('nbsp ensp emsp thinsp numsp puncsp hairsp MediumSpace', 0x20),
  ...names('hyphen dash ndash mdash minus horbar', 0x2d),
  ...names('middot centerdot CenterDot bull bullet period sdot', 0x2e),
  ...names('sol', 0x2f),
  ...names('lowbar', 0x5f),
  ...names('Tab', 0x09),
  ...names('NewLine', LF),
]);
/** Of no width. */
const unseen = new Set(['shy', 'zwj', 'zwnj', 'ZeroWidthSpace', 'NoBreak']);

/** Whether there is anything to undo. */
export function hasMarkup(text: Uint8Array): boolean {
  return text.includes(AND) || text.includes(LESS);
}

/**
 * Whether markup may stand at the digits of a number: a row of them in front of a tag or reference, or one that is
 * written as a reference. Of bytes that no one has narrowed yet; those of UTF-16 that are zero are passed.
 */
export function hasMarkedDigits(bytes: Uint8Array): boolean {
  for (const sign of [AND, LESS]) {
    for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) {
      if (isBehindDigits(bytes, at) || (sign === AND && isDigitReference(bytes, at))) return true;
    }
  }
  return false;
}

function isBehindDigits(bytes: Uint8Array, end: number): boolean {
  let digits = 0;
  for (let at = end - 1; at >= 0 && end - at <= MARKED_LOOK; at--) {
    const byte = bytes[at]!;
    if (isDigit(byte) || isWideDigit(bytes, at)) digits += 1;
    else if (byte !== 0 && !isBlank(byte) && byte !== 0xef && byte !== 0xbc) return false;
    if (digits === MARKED_DIGITS_MIN) return true;
  }
  return false;
}

/** `&#4`, `&#5`, `&#6`, `&#0`, `&#x3`, `&#x0` or `&#xF`, as references of digits begin; zero bytes are passed. */
function isDigitReference(bytes: Uint8Array, start: number): boolean {
  let at = start;
  const next = (): number => {
    do at += 1;
    while (bytes[at] === 0 && at - start < REFERENCE_LOOK);
    return bytes[at] ?? 0;
  };
  if (next() !== HASH) return false;
  const sign = next();
  if ((sign | 0x20) !== 0x78) return sign === 0x30 || (sign >= 0x34 && sign <= 0x36);
  const digit = next();
  return digit === 0x30 || digit === 0x33 || (digit | 0x20) === 0x66;
}

/** The bytes EF BC 90 to EF BC 99. */
function isWideDigit(bytes: Uint8Array, at: number): boolean {
  return bytes[at]! >> 4 === 9 && bytes[at - 1] === 0xbc && bytes[at - 2] === 0xef;
}

/**
 * Writes narrowed text into `into` with references (`&nbsp;`, `&#52;`, `&#x34;`) as what they stand for, tags within a
 * word as nothing, line breaks as line ends and any other tag, with blanks around it, as `TAG_GAP`. Returns how many
 * bytes it wrote, never more than there are. Takes time in proportion to the text. Throws nothing.
 */
export function undoMarkup(text: Uint8Array, into: Uint8Array): number {
  let written = 0;
  for (let at = 0; at < text.length;) {
    const byte = text[at]!;
    if (byte === AND) {
      const { end, narrowed } = referenceAt(text, at);
      if (narrowed !== undefined) into[written++] = narrowed;
      at = end;
    } else if (byte === LESS) {
      const { end, narrowed } = tagAt(text, at);
      if (narrowed === TAG_GAP) while (written > 0 && isBlank(into[written - 1]!)) written -= 1;
      if (narrowed !== undefined) into[written++] = narrowed;
      at = end;
    } else {
      if (!isBlank(byte) || into[written - 1] !== TAG_GAP) into[written++] = byte;
      at += 1;
    }
  }
  return written;
}

interface Undone {
  readonly end: number;
  /** Nothing for what has no width. */
  readonly narrowed: number | undefined;
}

function referenceAt(text: Uint8Array, start: number): Undone {
  if (text[start + 1] === HASH) return numberedAt(text, start);
  let end = start + 1;
  while (end - start <= NAME_MAX && isLetter(text[end])) end += 1;
  const name = asciiOf(text, start + 1, end);
  // Browsers read these without a semicolon, too, even when something follows.
  const known = named.has(name) || unseen.has(name) ? name : /^(?:nbsp|shy|middot)/.exec(name)?.[0];
  if (known === undefined) return { end: start + 1, narrowed: AND };
  const narrowed = unseen.has(known) ? undefined : named.get(known);
  return { end: behind(text, start + 1 + known.length), narrowed };
}

function numberedAt(text: Uint8Array, start: number): Undone {
  const isHex = ((text[start + 2] ?? 0) | 0x20) === 0x78;
  const first = isHex ? start + 3 : start + 2;
  let point = 0;
  let end = first;
  for (; end - first < POINT_DIGITS_MAX; end++) {
    const digit = digitOf(text[end], isHex);
    if (digit < 0) break;
    point = point * (isHex ? 16 : 10) + digit;
  }
  if (end === first) return { end: start + 1, narrowed: AND };
  return { end: behind(text, end), narrowed: narrowPoint(point) };
}

function digitOf(byte: number | undefined, isHex: boolean): number {
  if (byte === undefined) return -1;
  if (isDigit(byte)) return byte - 0x30;
  const lower = byte | 0x20;
  return isHex && lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function behind(text: Uint8Array, end: number): number {
  return text[end] === SEMICOLON ? end + 1 : end;
}

function tagAt(text: Uint8Array, start: number): Undone {
  const nameAt = text[start + 1] === 0x2f ? start + 2 : start + 1;
  if (!isLetter(text[nameAt]) && text[nameAt] !== 0x21) {
    return { end: start + 1, narrowed: LESS };
  }
  let nameEnd = nameAt;
  while (nameEnd - nameAt < NAME_MAX && isLetter(text[nameEnd])) nameEnd += 1;
  // No further than the next tag, so that no byte is read twice for each of them.
  let end = nameEnd;
  while (end < text.length && text[end] !== MORE && text[end] !== LESS) end += 1;
  if (text[end] !== MORE) return { end: start + 1, narrowed: LESS };
  const name = asciiOf(text, nameAt, nameEnd).toLowerCase();
  if (lineTags.has(name)) return { end: end + 1, narrowed: LF };
  const isUnseen = inlineTags.has(name) || text[nameAt] === 0x21;
  return { end: end + 1, narrowed: isUnseen ? undefined : TAG_GAP };
}

/** Of letters: no digit becomes a string here. */
function asciiOf(text: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...text.subarray(start, end));
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === LF || byte === TAG_GAP;
}

function names(list: string, narrowed: number): readonly (readonly [string, number])[] {
  return list.split(' ').map((name) => [name, narrowed]);
}
