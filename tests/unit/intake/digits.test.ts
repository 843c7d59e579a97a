import { describe, expect, it } from 'vitest';

import { codePointRead } from '../../../src/domain/intake/code-points.ts';
import {
  NUMBER_CHARACTERS,
  NUMBER_EMPTY,
  NUMBER_EXPONENT,
  NUMBER_MASKED,
  NUMBER_READ,
  NumberReader,
} from '../../../src/domain/intake/digits.ts';
import { encodeText, type TextEncodingName } from '../../support/encoded-text.ts';

type Scanned = Exclude<TextEncodingName, 'utf-16le' | 'utf-16be'>;

function read(text: string, encoding: Scanned = 'utf-8'): { reading: number; digits: string } {
  const reader = new NumberReader(codePointRead(encoding));
  const bytes = encodeText(`xx${text}yy`, encoding);
  reader.clear();
  const reading = reader.read(bytes, 2, bytes.length - 2);
  const digits = reader.digits.subarray(0, Math.min(reader.length, reader.digits.length)).join('');
  return { reading, digits: reading === NUMBER_READ ? digits : '' };
}

const ok = { reading: NUMBER_READ, digits: '1234567890' };

describe('NumberReader', () => {
  it.each([
    ['plain digits', '1234567890'],
    ['ASCII spaces', ' 1234 5678 90 '],
    ['ASCII hyphens', '1234-5678-90'],
    ['no-break space', '1234\u00a05678\u00a090'],
    ['figure space', '1234\u20075678\u200790'],
    ['thin space', '1234\u20095678\u200990'],
    ['ideographic space', '1234\u30005678\u300090'],
    ['TAB', '\t1234567890'],
    ['hyphen U+2010', '1234‐567890'],
    ['no-break hyphen U+2011', '1234\u2011567890'],
    ['en dash', '1234–567890'],
    ['em dash', '1234—567890'],
    ['horizontal bar', '1234―567890'],
    ['minus sign', '1234−567890'],
    ['full-width hyphen', '1234－567890'],
    ['long vowel mark between digits', '1234ー567890'],
    ['half-width long vowel mark between digits', '1234ｰ567890'],
    ['full-width digits', '１２３４５６７８９０'],
    ['full-width and ASCII digits', '１２３４567８９０'],
    ['leading apostrophe', "'1234567890"],
    ['spreadsheet wrapping', '="1234567890"'],
    ['spreadsheet wrapping and full-width digits', '="１234567890"'],
  ])('reads %s', (_name, text) => {
    expect(read(text)).toEqual(ok);
  });

  it.each(['shift_jis', 'euc-jp'] as const)('reads wide forms of %s', (encoding) => {
    expect(read('１２３４　５６７８－９０', encoding)).toEqual(ok);
    expect(read('1234ー5678ー90', encoding)).toEqual(ok);
    expect(read('1234ｰ5678ｰ90', encoding)).toEqual(ok);
    expect(read('1234‐5678―90', encoding)).toEqual(ok);
    expect(read('＊＊＊＊1111', encoding).reading).toBe(NUMBER_MASKED);
    expect(read('●●●●1111', encoding).reading).toBe(NUMBER_MASKED);
    expect(read('番号1234', encoding).reading).toBe(NUMBER_CHARACTERS);
  });

  it('adds a field to the one before, for numbers in several columns', () => {
    const reader = new NumberReader(codePointRead('utf-8'));
    const bytes = encodeText('12345678', 'utf-8');
    reader.clear();
    reader.read(bytes, 0, 4);
    expect(reader.read(bytes, 4, 8)).toBe(NUMBER_READ);
    expect([...reader.digits.subarray(0, reader.length)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each([
    '****-****-****-1111',
    '************1111',
    'XXXX-XXXX-XXXX-0015',
    '4111xxxx1111',
    '•••• 1111',
    '●●●●1111',
    '＊＊＊＊1111',
    '####1111',
    'ＸＸＸＸ1111',
    '****',
  ])('names %s masked', (text) => {
    expect(read(text).reading).toBe(NUMBER_MASKED);
  });

  it.each([
    '4.53915E+15',
    '4.53915e15',
    '4,53915E+15',
    '4E+15',
    '4.5E-3',
    ' 4.53915E+15 ',
    '４.５E+１５',
  ])('names %s exponent notation', (text) => {
    expect(read(text).reading).toBe(NUMBER_EXPONENT);
  });

  it.each([
    ['letters', '4111abcd'],
    ['letters among masks', '****abcd'],
    ['Arabic-Indic digits', '٤١١١١١١١'],
    ['Devanagari digits', '४१११'],
    ['circled digits', '①②③④'],
    ['superscript digits', '4²'],
    ['kanji digits', '四一一一'],
    ['a decimal point', '4111.0'],
    ['a slash', '4111/1111'],
    ['a comma', '4,111'],
    ['a plus', '+4111'],
    ['two apostrophes', "''4111"],
    ['an apostrophe inside', "4111'1111"],
    ['half a wrapping', '="4111'],
    ['an equals sign', '=4111'],
    ['a long vowel mark in front', 'ー4111'],
    ['a long vowel mark behind', '4111ー'],
    ['two long vowel marks', '41ーー11'],
    ['a zero-width space', '41\u200b11'],
    ['a byte order mark', '\ufeff4111'],
    ['a line break', '4111\n1111'],
    ['an exponent with four digits', '4E+1500'],
    ['an exponent without a mantissa', 'E+15'],
    ['an exponent with a trailing letter', '4.5E+15x'],
    ['a very long text', `4${' '.repeat(200)}x`],
  ])('refuses %s', (_name, text) => {
    expect(read(text).reading).toBe(NUMBER_CHARACTERS);
  });

  it.each(['', ' ', '-', '　', "'", '=""'])('finds nothing in %j', (text) => {
    expect(read(text).reading).toBe(NUMBER_EMPTY);
  });

  it('counts digits beyond those it keeps', () => {
    const reader = new NumberReader(codePointRead('utf-8'));
    const bytes = encodeText('1'.repeat(500), 'utf-8');
    expect(reader.read(bytes, 0, bytes.length)).toBe(NUMBER_READ);
    expect(reader.length).toBe(500);
  });
});
