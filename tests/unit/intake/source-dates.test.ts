import { describe, expect, it } from 'vitest';

import { plainScope, refusalOf, screenSource } from '../../support/screened-source.ts';
import { encodeText } from '../../support/encoded-text.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const rng = seededRandom(77);
const card = (): string => cardDigits(rng).join('');
const orders = (dates: readonly string[]): string =>
  `受注日,channel,card_number\n${dates.map((date) => `${date},web,${card()}\n`).join('')}`;

/** The moment of the only order, in Japan; undefined where the record is held. */
function moment(
  date: string,
  encoding: 'utf-8' | 'shift_jis' | 'euc-jp' = 'utf-8',
): string | undefined {
  const scope = { ...plainScope, windows: [{ ...plainScope.windows[0]!, fromMs: 0, toMs: 4e12 }] };
  // A readable date beside it: alone, one that cannot be read might refuse the source.
  const found = screenSource(encodeText(orders(['2020-01-01', date]), encoding), {}, { scope });
  const first = found.cards[1]?.first;
  return first === undefined
    ? undefined
    : new Date(first + 9 * 3_600_000).toISOString().slice(0, 16);
}

describe('DateField', () => {
  it.each([
    ['令和2年4月8日', '2020-04-08T00:00'],
    ['令和元年5月1日', '2019-05-01T00:00'],
    ['令和２年４月８日　１２時３４分', '2020-04-08T12:34'],
    ['平成31年4月30日', '2019-04-30T00:00'],
    ['平成元年1月8日', '1989-01-08T00:00'],
    ['昭和64年1月7日', '1989-01-07T00:00'],
    ['㋿2年4月8日', '2020-04-08T00:00'],
    ['㍻31.4.30 0:05', '2019-04-30T00:05'],
    ['R2.4.8', '2020-04-08T00:00'],
    ['r02/04/08 10:15:30', '2020-04-08T10:15'],
    ['H31-4-30', '2019-04-30T00:00'],
    ['　令和2年4月8日 ', '2020-04-08T00:00'],
  ])('reads %s', (date, expected) => {
    expect(moment(date)).toBe(expected);
  });

  it.each(['shift_jis', 'euc-jp'] as const)('reads years of an era in %s', (encoding) => {
    expect(moment('令和2年4月8日 12:34', encoding)).toBe('2020-04-08T12:34');
    expect(moment('平成元年1月8日', encoding)).toBe('1989-01-08T00:00');
  });

  it.each([
    ...['平成32年1月5日', '平成31年5月1日', '令和元年4月30日', '昭和64年1月8日', '令和0年5月1日'],
    ...[
      '令和2年2月30日',
      '令和100年1月1日',
      '令和年4月8日',
      '令2年4月8日',
      '令和',
      '和令2年4月8日',
    ],
    ...['明治33年1月1日', 'R2', 'R2020.4.8', 'R 2.4.8', 'X2.4.8', 'R2.4.8x', '元年4月8日'],
  ])('holds %s as date-unreadable', (date) => {
    expect(moment(date)).toBeUndefined();
    const found = screenSource(orders(['2020-01-01', date]));
    expect(found.findings).toEqual(['3 date-unreadable']);
  });
});

describe('assertDatesHaveOneReading()', () => {
  it.each([
    ['days or months first', ['04/08/2020', '05/08/2020'], { as_day_month: 0, as_month_day: 0 }],
    ['days first', ['25/03/2020', '04/03/2020'], { as_day_month: 1, as_month_day: 0 }],
    ['months first', ['03-25-2020', '03-04-2020'], { as_day_month: 0, as_month_day: 1 }],
    ['years of two digits', ['20/03/25', '20/04/01 10:15'], { as_day_month: 0, as_month_day: 0 }],
    ['full-width signs', ['０４／０８／２０２０', ''], { as_day_month: 0, as_month_day: 0 }],
  ])('refuses a source of %s', (_name, dates, counts) => {
    const of = dates.filter((date) => date !== '').length;
    expect(refusalOf(orders(dates))).toEqual({ code: 'date-ambiguous', facts: { of, ...counts } });
  });

  it.each([
    ['where one date of the sample can be read', ['04/08/2020', '2020-01-05'], {}, {}],
    ['where nothing looks like a date', ['soon', '', '1/2'], {}, {}],
    ['under a declared format', ['04/08/2020'], { date_format: 'YYYY-MM-DD' }, {}],
    ['of a list that counts without dates', ['04/08/2020'], { kind: 'recovered' }, {}],
    ['that a person accepted', ['04/08/2020'], {}, { acceptHeld: ['date-unreadable'] }],
  ] as const)('leaves a source alone %s', (_name, dates, spec, more) => {
    expect(refusalOf(orders(dates), spec, { scope: { ...plainScope, ...more } })).toBeUndefined();
  });
});
