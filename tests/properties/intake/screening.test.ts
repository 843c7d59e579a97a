import { describe, expect, it } from 'vitest';

import { packPan } from '../../../src/domain/cards/packed-pan.ts';
import { isPublishedTestNumber } from '../../../src/domain/cards/test-numbers.ts';
import type { Scope } from '../../../src/domain/intake/scope.ts';
import { byteOrderMarks, encodeText, type TextEncodingName } from '../../support/encoded-text.ts';
import { screenNaively, type NaiveSpec } from '../../support/naive-screening.ts';
import { brandSample, between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { screenSource, testRouter, type Screened } from '../../support/screened-source.ts';

type Rng = () => number;

const files = 1_500;
const rowsMax = 60;

describe('SourceScreener', () => {
  it('comes to what a naive screening comes to, on 1,500 generated sources', () => {
    const seen: Record<string, number> = {};
    for (let seed = 1; seed <= files; seed++) {
      const made = makeSource(seededRandom(seed));
      const naive = screenNaively(made.text, made.spec, made.scope, hasRecipient, isTest);
      const found = screenMade(made);
      expect({ seed, ...summaryOf(found) }).toEqual({ seed, ...naiveSummaryOf(naive) });
      for (const id of Object.keys({ ...naive.counts, ...naive.warnings })) {
        seen[id] = (seen[id] ?? 0) + 1;
      }
    }
    // The comparison is worth nothing for a reason that never occurred.
    expect(Object.keys(seen).sort()).toEqual([...everyReason].sort());
  });

  it('comes to the same however the source is cut', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const rng = seededRandom(seed * 7);
      const made = makeSource(rng);
      const whole = screenMade(made);
      expect(screenMade(made, () => 1)).toEqual(whole);
      expect(screenMade(made, () => between(rng, 1, 700))).toEqual(whole);
    }
  });
});

const everyReason = [
  ...['not-card', 'same-order', 'excluded-channel', 'unknown-channel', 'date-missing'],
  ...['date-unreadable', 'outside-window', 'masked-number', 'spreadsheet-damage', 'characters'],
  ...['length', 'luhn', 'unknown-brand', 'no-recipient', 'test-number', 'duplicate'],
  ...['expiry-missing', 'expiry-unreadable', 'expired', 'expiry-differs'],
];

interface Made {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly encoding: TextEncodingName;
  readonly spec: NaiveSpec;
  readonly scope: Scope;
}

function screenMade(made: Made, chunk?: (left: number) => number): Screened {
  const { spec } = made;
  return screenSource(
    made.bytes,
    {
      kind: spec.kind,
      encoding: made.encoding,
      delimiter: spec.delimiter as ',' | ';' | '\t',
      header: true,
      channel_map: spec.channelMap,
      payment_methods: [...spec.paymentMethods],
      order_key: '注文番号',
      one_row_per_item: spec.oneRowPerItem,
      expiry_format: spec.expiryOrder,
    },
    { scope: made.scope, router: testRouter(['diners-club']), ...(chunk ? { chunk } : {}) },
  );
}

const hasRecipient = (brand: string): boolean => brand !== 'unknown' && brand !== 'diners-club';

function isTest(pan: string): boolean {
  const packed = new Uint8Array(10);
  packPan(Uint8Array.from(pan, Number), pan.length, packed, 0);
  return isPublishedTestNumber(packed, 0);
}

function summaryOf({ tally, cards, findings }: Screened): object {
  return {
    read: tally.read,
    counts: { ...tally.excluded, ...tally.held },
    warnings: tally.warnings,
    accepted: tally.accepted,
    blankRows: tally.blankRows,
    findings,
    cards: cards.map((card) => ({ ...card, windows: [...card.windows].sort() })),
  };
}

function naiveSummaryOf(naive: ReturnType<typeof screenNaively>): object {
  return {
    read: naive.read,
    counts: naive.counts,
    warnings: naive.warnings,
    accepted: naive.accepted,
    blankRows: naive.blankRows,
    findings: naive.findings,
    cards: [...naive.cards].map(([pan, card]) => ({
      pan,
      ...card,
      windows: [...card.windows].sort(),
    })),
  };
}

function pick<T>(rng: Rng, from: readonly T[]): T {
  return from[between(rng, 0, from.length - 1)]!;
}

function makeSource(rng: Rng): Made {
  const encoding = pick<TextEncodingName>(rng, [
    'utf-8',
    'shift_jis',
    'euc-jp',
    'utf-16le',
    'utf-16be',
  ]);
  const spec: NaiveSpec = {
    kind: rng() < 0.8 ? 'orders' : 'recovered',
    delimiter: pick(rng, [',', ';', '\t']),
    expiryOrder: rng() < 0.5 ? 'MMYY' : 'YYMM',
    channelMap: { 本店: 'web', ﾗｸﾃﾝ: 'rakuten' },
    paymentMethods: rng() < 0.5 ? ['クレジットカード', 'Card'] : [],
    oneRowPerItem: rng() < 0.5,
  };
  const pans = Array.from({ length: between(rng, 1, 8) }, () =>
    brandSample(rng, pick(rng, ['visa', 'jcb', 'american-express', 'mastercard'])).join(''),
  );
  const rows = Array.from({ length: between(rng, 1, rowsMax) }, () =>
    makeRow(rng, spec, pans, encoding),
  );
  const newline = pick(rng, ['\n', '\r\n', '\r']);
  const header = columns.map((name) => (rng() < 0.2 ? `"${name}"` : name));
  // One row that surely counts: a source of nothing but blank rows is refused as empty.
  const plainRow = ['', '2020-01-20', 'web', 'card', pans[0]!, '', ''].join(spec.delimiter);
  const lines = [header.join(spec.delimiter), ...rows, plainRow];
  const text = lines.join(newline) + (rng() < 0.7 ? newline : '');
  const mark = rng() < 0.5 ? (byteOrderMarks[encoding] ?? []) : [];
  const body = encodeText(text, encoding);
  const bytes = new Uint8Array(mark.length + body.length);
  bytes.set(mark);
  bytes.set(body, mark.length);
  return { text, bytes, encoding, spec, scope: makeScope(rng) };
}

const columns = ['注文番号', '注文日時', 'チャネル', '支払方法', 'カード番号', '有効期限', '氏名'];

function makeScope(rng: Rng): Scope {
  const day = (date: string): number => Date.parse(`${date}T00:00:00+09:00`);
  const web = { name: 'web', channels: ['web'], listedOnly: false };
  const phone = { name: 'phone', channels: ['phone', 'web'], listedOnly: rng() < 0.5 };
  const any = { name: 'any', listedOnly: false };
  const accept = ['unknown-channel', 'date-missing', 'date-unreadable', 'test-number', 'luhn'];
  return {
    mode: rng() < 0.8 ? 'live' : 'drill',
    timeZone: 'Asia/Tokyo',
    windows: [
      { ...web, fromMs: day('2020-01-15'), toMs: day('2020-02-15') },
      { ...phone, fromMs: Date.parse('2020-02-01T12:00:00+09:00'), toMs: day('2020-03-01') },
      ...(rng() < 0.2 ? [{ ...any, fromMs: day('2020-03-01'), toMs: day('2020-03-05') }] : []),
    ],
    excludedChannels: ['rakuten', 'amazon'],
    acceptHeld: accept.filter(() => rng() < 0.15),
    today: { year: 2020, month: 4 },
  };
}

function makeRow(
  rng: Rng,
  spec: NaiveSpec,
  pans: readonly string[],
  encoding: TextEncodingName,
): string {
  if (rng() < 0.03) return pick(rng, ['', spec.delimiter.repeat(6), '  ']);
  const fields = [
    pick(rng, [
      '',
      `A-${between(rng, 1, 30)}`,
      `Ａ－${between(rng, 1, 9)}`,
      ` B${between(rng, 1, 5)} `,
      '注文９',
    ]),
    rng() < 0.75 ? goodDate(rng) : pick(rng, badDates),
    rng() < 0.7
      ? pick(rng, ['web', 'WEB', 'ｗｅｂ', '本店', 'phone'])
      : pick(rng, ['', '楽天', 'ﾗｸﾃﾝ', 'amazon', 'shop']),
    pick(rng, ['クレジットカード', 'ｸﾚｼﾞｯﾄｶｰﾄﾞ', 'card', 'card', '代金引換', '']),
    numberText(rng, rng() < 0.5 ? pick(rng, pans) : oddNumber(rng), encoding),
    expiryText(rng, spec.expiryOrder),
    pick(rng, ['山田 太郎', '表示ソ能', 'O"Neil', 'a,b;c', '改\n行', '']),
  ];
  const used = rng() < 0.05 ? fields.slice(0, between(rng, 1, 6)) : fields;
  return used.map((value) => quoted(rng, value)).join(spec.delimiter);
}

function quoted(rng: Rng, value: string): string {
  const isNeeded = /[",;\t\r\n]/.test(value);
  return isNeeded || rng() < 0.15 ? `"${value.replaceAll('"', '""')}"` : value;
}

function goodDate(rng: Rng): string {
  const [month, day] = [between(rng, 1, 3), between(rng, 1, 28)];
  const [hour, minute, second] = [between(rng, 0, 23), between(rng, 0, 59), between(rng, 0, 59)];
  const two = (value: number): string => String(value).padStart(2, '0');
  const iso = `2020-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  return pick(rng, [
    `${iso} ${time}`,
    `${iso}T${time}Z`,
    `${iso} ${time} -0400`,
    `${iso} ${time}.123456`,
    `2020/${month}/${day} ${hour}:${two(minute)}`,
    `2020/${month}/${day}`,
    `2020${two(month)}${two(day)}`,
    `2020年${month}月${day}日`,
    `２０２０年${month}月${day}日 ${hour}:${two(minute)}`,
    `="${iso}"`,
  ]);
}

const badDates = [
  '',
  ' ',
  '2020-02-30',
  '20-01-02',
  '2020/13/1',
  'yesterday',
  '2020-01-02x',
  '1/2/2020',
];

function oddNumber(rng: Rng): string {
  const wish = pick(rng, [
    { prefix: '4' },
    { prefix: '4', valid: false },
    { prefix: '9' },
    { prefix: '36', length: 14 },
    { prefix: '62', valid: false },
    { prefix: '4', length: 13 },
    { prefix: '4', length: 12 },
    { prefix: '4', length: 15 },
    { prefix: '4', length: 20 },
  ]);
  const number = cardDigits(rng, wish).join('');
  return pick(rng, [
    number,
    number,
    number,
    `${number.slice(0, 15)}0`,
    `****-****-****-${number.slice(-4)}`,
    `${number[0]!}.${number.slice(1, 6)}E+15`,
    `${number}x`,
    `${number}円`,
    '',
    '4111111111111111',
    '３７８２８２２４６３１０００５',
  ]);
}

function numberText(rng: Rng, number: string, encoding: TextEncodingName): string {
  const wide = (text: string): string =>
    text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const joined = (between_: string): string => number.replace(/(\d{4})(?=\d)/g, `$1${between_}`);
  const isUnicode = encoding.startsWith('utf');
  return pick(rng, [
    ...[number, number, number, joined('-'), joined(' '), wide(number), wide(joined('－'))],
    ...[
      joined('ー'),
      joined('ｰ'),
      joined('　'),
      `'${number}`,
      `="${number}"`,
      ` ${number} `,
      joined('‐'),
    ],
    ...(isUnicode ? [joined('\u00a0'), joined('\u2009'), joined('\u2212'), joined('–')] : []),
  ]);
}

function expiryText(rng: Rng, order: 'MMYY' | 'YYMM'): string {
  const month = String(between(rng, 1, 12)).padStart(2, '0');
  const year = String(between(rng, 19, 26));
  const pair = order === 'MMYY' ? [month, year] : [year, month];
  return pick(rng, [
    ...[pair.join(''), pair.join('/'), pair.join('-'), `20${year}/${month}`, `20${year}${month}`],
    ...[
      '',
      '13/13',
      'none',
      pair.join('').replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!),
    ],
  ]);
}
