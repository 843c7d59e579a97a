import { describe, expect, it } from 'vitest';

import { scrub } from '../../../src/domain/cards/scrubber.ts';
import { codePointRead } from '../../../src/domain/intake/code-points.ts';
import { ReferenceText } from '../../../src/domain/intake/reference-text.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const text = new ReferenceText(codePointRead('utf-8'));
const card = cardDigits(seededRandom(11), { prefix: '490010' }).join('');
const groups = card.match(/.{4}/g)!;
const circled = '⓪①②③④⑤⑥⑦⑧⑨';
const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const mathematical = '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗';

/** As the record reader keeps a reference: in one pass where it can; `withheld`, `empty`, or what is kept. */
function kept(reference: string): string {
  const bytes = new TextEncoder().encode(reference);
  const into = new Uint8Array(1_024);
  const end = text.copyPlain(bytes, 0, bytes.length, into, 0);
  if (end > 0) return new TextDecoder().decode(into.subarray(0, end));
  if (text.take(bytes, 0, bytes.length)) {
    return new TextDecoder().decode(text.bytes.subarray(text.start, text.end));
  }
  return text.isNumber ? 'number' : text.isWithheld ? 'withheld' : 'empty';
}

const inSigns = (signs: string, digits: string): string =>
  digits.replaceAll(/[0-9]/g, (digit) => Array.from(signs)[Number(digit)]!);

describe('ReferenceText', () => {
  it.each([
    ['no-break spaces', '\u00a0'],
    ['figure spaces', '\u2007'],
    ['em spaces', '\u2003'],
    ['ideographic spaces', '\u3000'],
    ['no-break hyphens', '\u2011'],
    ['dashes', '\u2014'],
    ['minus signs', '\u2212'],
    ['long vowel marks', '\u30fc'],
    ['half-width long vowel marks', '\uff70'],
    ['full stops', '.'],
    ['full-width full stops', '\uff0e'],
    ['one dot leaders', '\u2024'],
    ['slashes', '/'],
    ['low lines', '_'],
    ['tabs', '\t'],
    ['spaces of no width', '\u200b'],
    ['two signs', ' / '],
  ])('withholds a card number with %s between its groups', (_what, sign) => {
    expect(kept(groups.join(sign))).toBe('number');
    expect(kept(`${groups.join(sign)}${sign}1`)).toBe('number');
  });

  it.each([
    ['superscript', inSigns(superscript, card)],
    ['circled', inSigns(circled, card)],
    ['mathematical', inSigns(mathematical, card)],
    ['some superscript', `${card.slice(0, 12)}${inSigns(superscript, card.slice(12))}`],
  ])('withholds a card number in %s digits', (_what, reference) => {
    expect(kept(reference)).toBe('number');
  });

  it.each([
    ['B-10001', 'B-10001'],
    ['2015/08/03-12.34_0001', '2015/08/03-12.34_0001'],
    ['1234567890123456', '1234567890123456'],
    ['Ｂ－１０００１', 'B-10001'],
    ['受注 10001 号', '受注 10001 号'],
    ['="10001"', '10001'],
    ['会員Ⅲ-7', '会員III-7'],
    [' ', 'empty'],
  ])('keeps %s', (reference, expected) => {
    expect(kept(reference)).toBe(expected);
  });

  it('keeps nothing in which the scrubber of logs finds a card number', () => {
    const random = seededRandom(5);
    const signs = [
      ...['', '', ' ', '-', '.', '/', '_', '\t', ',', 'A', '受', '"', "'", '=', '①', '²', '1'],
      ...Array.from({ length: 0x20 }, (_, at) => String.fromCodePoint(0x2000 + at)),
      ...['\u00a0', '\u00ad', '\u202f', '\u2212', '\u2024', '\u3000', '\u30fc', '\uff70', '\uff0d'],
      ...['\ufe52', '\ufe58', '\ufe63', '\uff0e', '\uff3f', '\u00a8', '\u00b4', '\u0300', '\u20e3'],
    ];
    const pick = (): string => signs[Math.floor(random() * signs.length)]!;
    let hits = 0;
    for (let round = 0; round < 4_000; round++) {
      const digits = cardDigits(random, { prefix: '490010' }).join('');
      let reference = pick();
      const [once, wide] = [random() < 0.7 ? pick() : undefined, random() < 0.3];
      for (const [at, digit] of Array.from(digits).entries()) {
        const shown = wide && random() < 0.5 ? String.fromCodePoint(0xff10 + Number(digit)) : digit;
        reference += `${at > 0 && at % 4 === 0 ? (once ?? pick()) : ''}${shown}`;
      }
      reference += pick();
      const found = kept(reference);
      if (scrub(reference.normalize('NFKC')).hits > 0) hits++;
      expect(scrub(found).hits, JSON.stringify(reference)).toBe(0);
    }
    expect(hits).toBeGreaterThan(500);
  });
});
