import { describe, expect, it } from 'vitest';

import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import type { Scope } from '../../../src/domain/intake/scope.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import { SourceScreener } from '../../../src/domain/intake/source-screener.ts';
import { encodeText } from '../../support/encoded-text.ts';
import { brandSample, cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { plainScope, refusalOf, screenSource, testRouter } from '../../support/screened-source.ts';

const list = { kind: 'recovered' } as const;
const rng = seededRandom(42);
const card = (): string => cardDigits(rng).join('');
const repeat = (count: number, make: (row: number) => string): string =>
  Array.from({ length: count }, (_, row) => `${make(row)}\n`).join('');
const header = 'ordered_at,channel,card_number,expiry\n';
const order = (pan: string, date = '2020-02-01', channel = 'web'): string =>
  `${date},${channel},${pan},12/25`;

describe('RecordScreen on numbers', () => {
  const outcome = (number: string, scope: Partial<Scope> = {}): string => {
    const text = `card_number\n${number}\n${cardDigits(seededRandom(1)).join('')}\n`;
    const found = screenSource(text, list, {
      scope: { ...plainScope, ...scope },
      router: testRouter(['diners-club']),
    });
    expect(found.tally.read).toBe(2);
    return found.findings[0] ?? 'card';
  };

  it.each([
    ['a card', cardDigits(rng).join(''), 'card'],
    ['a card with hyphens', card().replace(/(\d{4})(?=\d)/g, '$1-'), 'card'],
    ['an empty field', ' x'.trim() === 'x' ? '-' : '-', '2 characters'],
    ['letters', 'abcd', '2 characters'],
    ['Arabic digits', '٤١١١١١١١١١١١١١١١', '2 characters'],
    ['12 digits', cardDigits(rng, { length: 12 }).join(''), '2 length'],
    ['13 digits of Visa', cardDigits(rng, { length: 13 }).join(''), 'card'],
    ['13 digits of Mastercard', cardDigits(rng, { prefix: '51', length: 13 }).join(''), '2 length'],
    ['19 digits of UnionPay', cardDigits(rng, { prefix: '62', length: 19 }).join(''), 'card'],
    ['20 digits', cardDigits(rng, { length: 20 }).join(''), '2 length'],
    ['400 digits', '4'.repeat(400), '2 length'],
    [
      'a wrong check digit',
      cardDigits(rng, { prefix: '4539', valid: false }).join('').replace(/0$/, '1'),
      '2 luhn',
    ],
    ['an unknown brand', cardDigits(rng, { prefix: '99' }).join(''), '2 unknown-brand'],
    [
      'a brand without a route',
      cardDigits(rng, { prefix: '36', length: 14 }).join(''),
      '2 no-recipient',
    ],
    ['a published test number', '4111111111111111', '2 test-number'],
  ])('names %s', (_name, number, expected) => {
    if (expected === '2 luhn' && !/[1-9]$/.test(number))
      throw new Error('the number must not end in zero');
    const found = outcome(number);
    expect(found === '2 luhn' || found === expected ? expected : found).toBe(expected);
  });

  it('lets test numbers through in a drill, or when a person accepted them', () => {
    expect(outcome('4111111111111111', { mode: 'drill' })).toBe('card');
    expect(outcome('4111111111111111', { acceptHeld: ['test-number'] })).toBe('card');
    expect(outcome('4111111111111111', { acceptHeld: ['luhn', 'length'] })).toBe('2 test-number');
  });

  it('warns of a wrong check digit where the brand does not demand one', () => {
    const text = `card_number\n${cardDigits(seededRandom(8), { prefix: '6212', valid: false }).join('')}\n`;
    const found = screenSource(text, list);
    expect(found.tally.warnings).toMatchObject({ luhn: 1 });
    expect(found.tally.cards).toBe(1);
  });

  it('reads a number that stands in four columns', () => {
    const pan = card();
    const parts = pan.match(/\d{4}/g)!.join(',');
    const spec = { ...list, columns: { pan: ['#1', '#2', '#3', '#4'] }, header: true };
    expect(screenSource(`a,b,c,d\n${parts}\n`, spec).cards.map((found) => found.pan)).toEqual([
      pan,
    ]);
  });
});

describe('RecordScreen on time and channel', () => {
  const spec = {};
  const reasonsOf = (rows: readonly string[], scope: Partial<Scope> = {}): readonly string[] =>
    screenSource(`${header}${rows.map((row) => `${row}\n`).join('')}`, spec, {
      scope: { ...plainScope, ...scope },
    }).findings;

  it('takes both ends of a window as they are, and whole days that touch it', () => {
    const at = (date: string): string => order(card(), date);
    expect(
      reasonsOf([
        at('2019-12-31 23:59:59'),
        at('2020-01-01 00:00:00'),
        at('2020-03-31 23:59:59'),
        at('2020-04-01 00:00:00'),
        at('2020/1/1'),
        at('2020-03-31'),
        at('2020-04-01'),
        at('2019-12-31T15:00:00Z'),
        at('2019-12-31T14:59:59Z'),
      ]),
    ).toEqual(['2 outside-window', '5 outside-window', '8 outside-window', '10 outside-window']);
  });

  it('counts a day of which a window has an hour', () => {
    const windows = [
      { ...plainScope.windows[0]!, fromMs: Date.parse('2020-01-10T23:00:00+09:00') },
    ];
    const rows = [
      order(card(), '2020-01-10'),
      order(card(), '2020-01-09'),
      order(card(), '2020-01-10 22:00'),
    ];
    expect(reasonsOf(rows, { windows })).toEqual(['3 outside-window', '4 outside-window']);
  });

  it('names channels and dates in order', () => {
    const rows = [
      order('x', 'never', 'rakuten'),
      order('x', 'never', ''),
      order('x', '', 'web'),
      order('x', 'never', 'web'),
      order('x', '2021-01-01', 'web'),
      order('x', '2020-02-01', 'ＷＥＢ '),
      order('x', '2020-02-01', 'shop'),
    ];
    expect(reasonsOf(rows)).toEqual([
      ...['2 excluded-channel', '3 unknown-channel', '4 date-missing', '5 date-unreadable'],
      ...['6 outside-window', '7 characters', '8 unknown-channel'],
    ]);
  });

  it('lets accepted reasons through and counts them', () => {
    const rows = [
      order(card(), '', 'web'),
      order(card(), 'never', 'web'),
      order(card(), '2020-02-01', 'shop'),
      order('x', '', 'web'),
    ];
    const scope = {
      ...plainScope,
      acceptHeld: ['date-missing', 'date-unreadable', 'unknown-channel'],
    };
    const found = screenSource(`${header}${rows.join('\n')}`, spec, { scope });
    expect(found.findings).toEqual(['5 characters']);
    expect(found.tally.accepted).toEqual({
      'unknown-channel': 1,
      'date-missing': 1,
      'date-unreadable': 1,
    });
    expect(found.cards.map(({ windows, first }) => [windows, first])).toEqual([
      [[], undefined],
      [[], undefined],
      [['web'], Date.parse('2020-02-01T00:00:00+09:00')],
    ]);
  });

  it('translates channels, and takes a constant for all', () => {
    const text = `${header}${order(card(), '2020-02-01', '本店')}\n`;
    expect(screenSource(text, { channel_map: { 本店: 'web' } }).tally.cards).toBe(1);
    expect(screenSource(text, {}).findings).toEqual(['2 unknown-channel']);
    expect(screenSource(text.replace('channel', 'other'), { channel: 'web' }).tally.cards).toBe(1);
    expect(screenSource(text.replace('channel', 'other'), { channel: 'rakuten' }).findings).toEqual(
      ['2 excluded-channel'],
    );
  });

  it('refuses a source that says nothing of channels where windows name them', () => {
    const text = `ordered_at,card_number\n2020-02-01,${card()}\n`;
    expect(refusalOf(text)).toEqual({ code: 'channel-unmapped', facts: {} });
    const { name, fromMs, toMs, listedOnly } = plainScope.windows[0]!;
    const windows = [{ name, fromMs, toMs, listedOnly }];
    expect(refusalOf(text, {}, { scope: { ...plainScope, windows } })).toBeUndefined();
  });

  it('refuses orders without a date column, unless missing dates are accepted', () => {
    const text = `channel,card_number\nweb,${card()}\n`;
    expect(refusalOf(text)).toMatchObject({
      code: 'column-missing',
      facts: { column: 'ordered_at' },
    });
    expect(
      refusalOf(text, {}, { scope: { ...plainScope, acceptHeld: ['date-missing'] } }),
    ).toBeUndefined();
  });

  it('takes windows for listed cards from recovered sources only', () => {
    const windows = [{ ...plainScope.windows[0]!, listedOnly: true }];
    const scope = { ...plainScope, windows };
    const text = `${header}${order(card(), '2020-02-01', 'web')}\n`;
    expect(screenSource(text, {}, { scope }).findings).toEqual(['2 outside-window']);
    const found = screenSource(text, list, { scope });
    expect(found.cards[0]!.windows).toEqual(['web']);
    expect(
      screenSource(`${header}${order(card(), '1999-01-01', 'rakuten')}\n`, list, { scope }).tally
        .cards,
    ).toBe(1);
  });

  it('reads date and time of two columns, in the zone of the source', () => {
    const text = `日付,注文時間,channel,card_number\n2020/1/1,003309,web,${card()}\n`;
    const joined = { columns: { ordered_at: ['日付', '注文時間'] } };
    expect(screenSource(text, joined).cards[0]!.first).toBe(
      Date.parse('2020-01-01T00:33:09+09:00'),
    );
    const utc = screenSource(text, { ...joined, time_zone: 'UTC' });
    expect(utc.cards[0]!.first).toBe(Date.parse('2020-01-01T00:33:09Z'));
  });

  it('takes the declared card payments only', () => {
    const text = `支払方法,${header}${['カード決済 (GMO)', '代金引換', '', 'ｶｰﾄﾞ決済 (gmo)'].map((way) => `${way},${order(card())}\n`).join('')}`;
    const exact = { payment_methods: ['カード決済 (GMO)'] };
    expect(screenSource(text, exact).findings).toEqual(['3 not-card', '4 not-card']);
    expect(
      screenSource(text, { payment_methods: ['カード'], payment_match: 'substring' }).findings,
    ).toEqual(['3 not-card', '4 not-card']);
    expect(screenSource(text, { payment_methods: ['カード'] }).findings).toHaveLength(4);
    const missing = refusalOf(`${header}${order(card())}\n`, exact);
    expect(missing).toMatchObject({ code: 'column-missing', facts: { column: 'payment_method' } });
  });
});

describe('RecordScreen on folding', () => {
  it('takes rows that leave out payment and date for items of the order above them', () => {
    const rows = [
      ...[`#1,2020-01-05,Card,${card()}`, '#1,,,', '#1,,,', '#2,2020-01-05,Transfer,', '#2,,,'],
      ...['#3,,,', `#4,2020-01-05,Card,${card()}`, `#4,,,${card()}`, ',,,'],
    ];
    const spec = { one_row_per_item: true, payment_methods: ['Card'], channel: 'web' };
    const text = `Order,Order date,Payment method,card_number\n${rows.join('\n')}\n`;
    expect(screenSource(text, spec).findings).toEqual([
      ...['3 same-order', '4 same-order', '5 not-card', '6 not-card', '7 not-card', '9 not-card'],
    ]);
  });

  it('takes one row per order, and loses no second card of one', () => {
    const [first, second] = [card(), card()];
    const rows = ['A', 'A', 'B', 'A', 'A', ''].map(
      (key, row) => `${key},${row === 3 ? second : row === 4 ? '' : first}`,
    );
    const spec = { ...list, one_row_per_item: true };
    const found = screenSource(`注文番号,card_number\n${rows.join('\n')}`, spec);
    expect(found.findings).toEqual(['3 same-order', '4 duplicate', '6 same-order', '7 duplicate']);
    expect(found.cards.map(({ pan, references }) => [pan, references])).toEqual([
      [first, ['A', 'B']],
      [second, ['A']],
    ]);
    expect(found.tally.orders).toBe(2);
    expect(refusalOf(`card_number\n${first}\n`, spec)).toMatchObject({
      facts: { column: 'order_key' },
    });
  });

  it('keeps the expiry of the latest row, first and last moment, and every reference', () => {
    const pan = card();
    const rows = [
      `2020-02-02,web,${pan},12/25,R2`,
      `2020-02-01,web,${pan},11/24,R1`,
      `2020-02-03,web,${pan},,R2`,
      `2020-02-03,web,${pan},10/26,Ｒ３`,
    ];
    const found = screenSource(
      `ordered_at,channel,card_number,expiry,order no\n${rows.join('\n')}\n`,
    );
    expect(found.cards).toEqual([
      {
        ...{
          pan,
          brand: 'visa',
          windows: ['web'],
          line: 2,
          references: ['R2', 'R1', 'R3'],
        },
        first: Date.parse('2020-02-01T00:00:00+09:00'),
        last: Date.parse('2020-02-03T00:00:00+09:00'),
        expiry: 2026 * 12 + 9,
      },
    ]);
    expect(found.tally.warnings).toEqual({ 'expiry-missing': 1, 'expiry-differs': 2 });
    expect(found.tally).toMatchObject({ read: 4, cards: 1, references: 3, orders: 3 });
  });

  it('folds over sources and counts what each added', () => {
    const cards = new CardTable();
    const references = new ReferenceArena();
    const pans = [card(), card(), card()];
    const read = (number: number, rows: readonly string[]): unknown => {
      const job = { number, spec: sourceSpecSchema.parse(list) };
      const screener = new SourceScreener(job, plainScope, testRouter(), cards, references, {
        finding: () => undefined,
      });
      screener.feed(new TextEncoder().encode(`注文番号,card_number\n${rows.join('\n')}`));
      const { cards: added, references: named, excluded } = screener.finish();
      return { added, named, excluded };
    };
    expect(read(0, [`A,${pans[0]!}`, `B,${pans[1]!}`])).toEqual({
      added: 2,
      named: 2,
      excluded: {},
    });
    const second = { added: 1, named: 1, excluded: { duplicate: 1 } };
    expect(read(1, [`B,${pans[1]!}`, `C,${pans[2]!}`])).toEqual(second);
    expect([...cards.firstSource.subarray(0, 3)]).toEqual([0, 0, 1]);
  });

  it('leaves out references that are card numbers, or no references at all', () => {
    const pan = card();
    const spaced = pan.replace(/(\d{4})(?=\d)/g, '$1 ');
    const wide = pan.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const values = [
      pan,
      spaced,
      `memo ${pan}!`,
      wide,
      `${pan}-1`,
      `20200401-${pan}`,
      `1 ${spaced}`,
      `R${pan}-02`,
      'x'.repeat(300),
      'R-20200101-0001',
      '20200101123456',
      '',
    ];
    const text = `注文番号,card_number\n${values.map((value) => `${value},${card()}\n`).join('')}`;
    const found = screenSource(text, list);
    expect(found.cards.flatMap((one) => one.references)).toEqual([
      'R-20200101-0001',
      '20200101123456',
    ]);
    expect(found.tally.warnings).toMatchObject({ 'reference-withheld': 9 });
  });

  it('adds up, and shows how it read', () => {
    const rows = repeat(500, (row) =>
      order(
        row % 7 === 0 ? 'x' : brandSample(rng, 'jcb').join(''),
        row % 5 === 0 ? '' : '2020-02-01',
      ),
    );
    const { tally, findings } = screenSource(
      encodeText(`注文日時,店舗,カード番号,有効期限\n${rows}`, 'shift_jis'),
    );
    const sum = (counts: Readonly<Record<string, number>>): number =>
      Object.values(counts).reduce((total, count) => total + count, 0);
    expect(tally.read).toBe(500);
    expect(tally.cards + sum(tally.excluded) + sum(tally.held)).toBe(500);
    expect(findings).toHaveLength(500 - tally.cards);
    expect(tally).toMatchObject({
      encoding: 'shift_jis',
      layout: { delimiter: ',', header: true, width: 4 },
    });
  });
});
