import { describe, expect, it } from 'vitest';

import { normaliseName } from '../../../src/domain/lookup/person-name.ts';

const nameOf = (text: string): string => {
  const found = normaliseName(text);
  return 'name' in found ? found.name : `refused: ${found.refused}`;
};

describe('normaliseName()', () => {
  it.each([
    [
      'kanji',
      [
        '渡辺 髙子',
        '渡邊 高子',
        '渡邉　髙子',
        '渡辺高子様',
        '渡邉・高子 殿',
        ' 渡\u{E0100}辺 高子 ',
      ],
    ],
    ['old forms', ['斎藤 広沢', '齋藤 廣澤', '斉藤 広澤', '齊藤廣沢']],
    ['a repeating mark', ['佐々木 一郎', '佐佐木一郎']],
    [
      'kana',
      ['ワタナベ タカコ', 'わたなべ たかこ', 'ﾜﾀﾅﾍﾞ ﾀｶｺ', 'わたなべタカコ', 'ワタナベ・タカコ'],
    ],
    [
      'loose kana',
      ['キヨウコ ヴァンヅメ', 'きょうこ ばんずめ', 'ｷｮｳｺ ﾊﾞﾝｽﾞﾒ', 'キョーウコ バンズメ'],
    ],
    [
      'Latin letters',
      ['Hanako Ōno', 'ONO HANAKO', 'Ono, Hanako', 'ｏｎｏ　ｈａｎａｋｏ', "O'no Hanako"],
    ],
    ['variants beyond the basic plane', ['𠮷田 﨑子', '吉田 崎子']],
    ['compatibility forms', ['\uFA19谷 一', '神谷 一']],
  ])('writes one name in one way: %s', (_, written) => {
    expect(new Set(written.map(nameOf)).size).toBe(1);
    expect(nameOf(written[0]!)).not.toMatch(/^refused/);
  });

  it('keeps names apart that are said differently', () => {
    const names = [
      '大野 花子',
      '小野 花子',
      'オオノ ハナコ',
      'オノ ハナコ',
      'Ono Hanako',
      '大野 花',
    ];
    expect(new Set(names.map(nameOf)).size).toBe(names.length);
  });

  it.each([
    ['empty', ''],
    ['empty', ' 　'],
    ['empty', '様'],
    ['empty', '花'],
    ['empty', '---'],
    ['characters', '佐藤 花子2'],
    ['characters', '佐藤 ④'],
    ['characters', '佐藤\u0007花子'],
    ['characters', '佐藤\n花子'],
    ['characters', '佐藤\uFFFD'],
    ['too-long', '花'.repeat(101)],
    ['too-long', 'ﷺ'.repeat(30)],
    ['too-long', 'a'.repeat(100_000)],
  ])('refuses what is no name: %s', (reason, text) => {
    expect(normaliseName(text)).toEqual({ refused: reason });
  });
});
