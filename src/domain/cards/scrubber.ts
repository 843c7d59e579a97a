// Stands in front of every log and error sink. A hit means that a card number became text somewhere,
// which is a bug to be reported; the scrubber only keeps it from being written down.

import { brandIndexOf, brands, isBrandLength } from './brands.ts';
import { passesLuhn } from './luhn.ts';
import { PAN_DIGITS_MAX } from './packed-pan.ts';

/** What stands in the text afterwards. */
const REPLACEMENT = '[card number removed]';

const DIGITS_MIN = 13;
const DIGIT = '0-9０-９';
/** One of these may stand between two digits: spaces and hyphens as keyboards and word processors set them. */
const SEPARATOR = ' \\u00a0\\u2007\\u2009\\u202f\\u3000\\u002d\\u2010-\\u2015\\u2212\\u30fc\\uff0d';
/** ASCII on purpose: in Japanese text a number stands between letters without a space. */
const WORD = `A-Za-z${DIGIT}`;

/**
 * Groups of digits that touch no letter. Digits inside longer words (hex digests, base32 ids) are
 * thereby never looked at; a row of 20 digits and more is one group, and too long.
 */
const groupsPattern = new RegExp(
  `(?<![${WORD}])[${DIGIT}]+(?:[${SEPARATOR}][${DIGIT}]+)*(?![${WORD}])`,
  'gu',
);
const groupPattern = new RegExp(`[${DIGIT}]+`, 'gu');
/** A UUID with a letter in it: its hyphens would make cards of one in a hundred thousand. */
const uuidPattern =
  /(?<![\w-])(?=[\d-]*[a-f])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\w-])/giu;

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Replaces everything in `text` that could be a card number and counts the replacements.
 *
 * A card number is a run of 13 to 19 digits (ASCII or full-width, single spaces or hyphens inside),
 * with no ASCII letter or digit at either end, of a known brand, of a length this brand issues, with a
 * right check digit. Text without one comes back as the same string with 0 hits. Throws nothing.
 */
export function scrub(text: string): { text: string; hits: number } {
  // Letters of the same length: positions stay, and no digit of an id is taken for a card's.
  const searched = text.replace(uuidPattern, (id) => 'x'.repeat(id.length));
  const found: Span[] = [];
  for (const run of searched.matchAll(groupsPattern)) {
    if (run[0].length >= DIGITS_MIN) addCards(found, groupsOf(run[0], run.index), text);
  }
  if (found.length === 0) return { text, hits: 0 };

  let clean = '';
  let kept = 0;
  for (const { from, to } of found) {
    clean += text.slice(kept, from) + REPLACEMENT;
    kept = to;
  }
  return { text: clean + text.slice(kept), hits: found.length };
}

/**
 * Adds the card numbers made of whole neighbouring groups. Where two readings overlap, both go: which of them is
 * the card cannot be known.
 */
function addCards(found: Span[], groups: readonly Span[], text: string): void {
  for (let first = 0; first < groups.length; first++) {
    let count = 0;
    for (let last = first; last < groups.length; last++) {
      count += groups[last]!.to - groups[last]!.from;
      if (count > PAN_DIGITS_MAX) break;
      const span = { from: groups[first]!.from, to: groups[last]!.to };
      if (count >= DIGITS_MIN && isCard(text, span, count)) addMerged(found, span);
    }
  }
}

function addMerged(found: Span[], span: Span): void {
  const before = found.at(-1);
  if (before === undefined || span.from >= before.to) found.push(span);
  else found[found.length - 1] = { from: before.from, to: Math.max(before.to, span.to) };
}

function isCard(text: string, { from, to }: Span, count: number): boolean {
  const digits = new Uint8Array(count);
  let length = 0;
  for (let at = from; at < to; at++) {
    // Full-width digits lie 0xFEE0 above the ASCII ones; both end in the same four bits.
    const code = text.charCodeAt(at);
    const isDigit = (code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19);
    if (isDigit) digits[length++] = code & 0xf;
  }
  const brandIndex = brandIndexOf(digits, length);
  const isHit =
    brands[brandIndex]!.id !== 'unknown' &&
    isBrandLength(brandIndex, length) &&
    passesLuhn(digits, 0, length);
  digits.fill(0);
  return isHit;
}

function groupsOf(run: string, offset: number): Span[] {
  return Array.from(run.matchAll(groupPattern), (match) => ({
    from: offset + match.index,
    to: offset + match.index + match[0].length,
  }));
}
