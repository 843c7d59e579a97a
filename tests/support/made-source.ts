// Sources as shops and investigators send them, dirty in every way at once, made from a seed.

import { sourceSpecSchema, type SourceSpec } from '../../src/domain/intake/source-spec.ts';
import { byteOrderMarks, encodeText, type TextEncodingName } from './encoded-text.ts';
import type { NaiveSource } from './naive-prepare.ts';
import { orderDates, outsideDate } from './order-dates.ts';
import { dressedNumber, wrongNumbers } from './order-numbers.ts';
import { between, cardDigits } from './seeded-cards.ts';
import { channelMap } from './shop-incident.ts';

type Rng = () => number;

export interface MadeSource extends NaiveSource {
  readonly spec: SourceSpec;
  /** To be encrypted to us before it is handed in. */
  readonly isEncrypted: boolean;
}

const header = ['注文番号', '注文日時', 'チャネル', '支払方法', 'カード番号', '有効期限', '氏名'];
const encodings = ['utf-8', 'utf-8', 'shift_jis', 'shift_jis', 'euc-jp', 'utf-16le'] as const;

/** A source of `length` records, or few, whose cards are of `cards` for the most part. */
export function makeSource(
  rng: Rng,
  cards: readonly string[],
  length = fewRecords(rng),
): MadeSource {
  const isEncrypted = rng() < 0.02;
  if (rng() < 0.06) return { ...makeList(rng, cards, length), isEncrypted };
  const encoding = pick<TextEncodingName>(rng, encodings);
  const delimiter = pick(rng, [',', ',', ';', '\t'] as const);
  const order = rng() < 0.5 ? header : shuffled(rng, header);
  const isYearFirst = rng() < 0.3;
  let before = makeRow(rng, cards, isYearFirst);
  const rows = Array.from({ length }, () => {
    if (rng() < 0.03) return pick(rng, ['', delimiter.repeat(6), '  ']);
    const cells = makeRow(rng, cards, isYearFirst);
    // A further row of an order, with its number or without.
    if (rng() < 0.15) Object.assign(cells, furtherRow(rng, before));
    before = cells;
    const used = order.map((name) => quoted(rng, cells[name]!));
    return (rng() < 0.04 ? used.slice(0, between(rng, 1, 6)) : used).join(delimiter);
  });
  // One record that surely counts: a source of nothing but blank rows is refused as empty.
  const plain: Record<string, string> = { 注文日時: '2020-01-20', チャネル: 'web' };
  rows.push(
    order.map((name) => (name === 'カード番号' ? cards[0]! : (plain[name] ?? 'x'))).join(delimiter),
  );
  const title = order.map((name) => (rng() < 0.2 ? `"${name}"` : name)).join(delimiter);
  const isMarked = rng() < 0.4;
  const spec = sourceSpecSchema.parse({
    kind: rng() < 0.8 ? 'orders' : 'recovered',
    ...(isMarked && encoding.startsWith('utf') ? {} : { encoding }),
    ...{ delimiter: rng() < 0.5 ? delimiter : 'auto', header: true, channel_map: channelMap },
    ...(rng() < 0.6 ? { payment_methods: ['クレジット', 'Card'], payment_match: 'substring' } : {}),
    ...(rng() < 0.5 ? { order_key: '注文番号' } : {}),
    ...{ one_row_per_item: rng() < 0.5, expiry_format: isYearFirst ? 'YYMM' : 'MMYY' },
  });
  const clear = written(rng, [title, ...rows], encoding, isMarked);
  return { clear, encoding, delimiter, isList: false, spec, isEncrypted };
}

/** A handful for the most part, now and then enough for many segments. */
function fewRecords(rng: Rng): number {
  return rng() < 0.03 ? between(rng, 30, 80) : between(rng, 1, 12);
}

/** One number a line and nothing else. */
function makeList(
  rng: Rng,
  cards: readonly string[],
  length: number,
): Omit<MadeSource, 'isEncrypted'> {
  const rows = Array.from({ length }, () =>
    rng() < 0.05 ? '' : dressedNumber(rng, pick(rng, cards)),
  );
  const spec = sourceSpecSchema.parse({
    ...{ kind: 'recovered', format: 'lines', header: false, encoding: 'utf-8' },
  });
  const clear = written(rng, [...rows, cards[0]!], 'utf-8', false);
  return { clear, encoding: 'utf-8', delimiter: ',', isList: true, spec };
}

function written(
  rng: Rng,
  lines: readonly string[],
  encoding: TextEncodingName,
  isMarked: boolean,
): Uint8Array {
  const newline = pick(rng, ['\n', '\r\n', '\r\n', '\r']);
  const text = lines.join(newline) + (rng() < 0.7 ? newline : '');
  const mark = isMarked ? (byteOrderMarks[encoding] ?? []) : [];
  return new Uint8Array(Buffer.concat([Uint8Array.from(mark), encodeText(text, encoding)]));
}

function makeRow(rng: Rng, cards: readonly string[], isYearFirst: boolean): Record<string, string> {
  const outside = outsideDate(rng);
  const isOutside = rng() < 0.08;
  const date = pick(rng, [
    ...Array.from({ length: 7 }, () => orderDates.web(rng)),
    ...[orderDates.app(rng), pick(rng, sameDates), pick(rng, sameDates), pick(rng, badDates)],
  ]);
  return {
    注文番号: pick(rng, references)(rng),
    注文日時: isOutside ? outside.orderedAt : date,
    チャネル: isOutside ? outside.channel : pick(rng, channels),
    支払方法: pick(rng, ['クレジットカード', 'ｸﾚｼﾞｯﾄ', 'card', 'CARD', '代金引換', '']),
    カード番号: rng() < 0.88 ? dressedNumber(rng, pick(rng, cards)) : oddNumber(rng),
    有効期限: expiryText(rng, isYearFirst),
    氏名: pick(rng, [
      '山田 太郎',
      '表示ソ能',
      'O"Neil',
      'a,b;c',
      '改\n行',
      '改\r\n行',
      '',
      '十 "x"\r',
    ]),
  };
}

function furtherRow(rng: Rng, before: Record<string, string>): Record<string, string> {
  const { 注文番号, カード番号 } = before;
  return { 注文番号: 注文番号!, カード番号: pick(rng, ['', カード番号!, カード番号!]) };
}

const references: readonly ((rng: Rng) => string)[] = [
  () => '',
  (rng) => `A-${between(rng, 1, 30)}`,
  (rng) => `Ａ－${between(rng, 1, 9)}`,
  (rng) => ` B${between(rng, 1, 5)} `,
  (rng) => `注文${between(rng, 1, 9)}`,
  (rng) => `@${between(rng, 1, 9)}|a;b`,
  (rng) => `+${between(rng, 1, 9)} "x"`,
  // Somebody typed the card number where the order number belongs.
  (rng) => cardDigits(rng, { prefix: '490055' }).join(''),
];

/** Cards that come again come at the same moment as well. */
const sameDates = ['2020-02-03 10:20:30', '2020/02/03 10:20', '2020-02-03'];
const badDates = ['', ' ', '2020-02-30', '20/02/03', '2020/13/05', '確認中', '2020/02/03 25:00'];
const channels = [
  ...['web', 'WEB', 'ｗｅｂ', '本店', '本店', 'アプリ', 'ｱﾌﾟﾘ', '定期便', '電話'],
  ...['楽天市場店', 'Ａｍａｚｏｎ店', 'amazon', '催事', ''],
];

function oddNumber(rng: Rng): string {
  // Numbers that a spreadsheet spoiled refuse a larger source when they are one in a hundred.
  const makers = Object.values(wrongNumbers);
  return rng() < 0.7
    ? dressedNumber(rng, cardDigits(rng, { prefix: '4929' }).join(''))
    : pick(rng, makers)(rng);
}

function expiryText(rng: Rng, isYearFirst: boolean): string {
  const month = String(between(rng, 1, 12)).padStart(2, '0');
  const year = String(between(rng, 25, 29));
  const pair = isYearFirst ? [year, month] : [month, year];
  return pick(rng, [
    ...[pair.join(''), pair.join('/'), pair.join('-'), `20${year}/${month}`, `20${year}${month}`],
    ...[
      '',
      '13/13',
      '不明',
      pair.join('').replace(/\d/gu, (digit) => '０１２３４５６７８９'[Number(digit)]!),
    ],
  ]);
}

function quoted(rng: Rng, text: string): string {
  const isNeeded = /[",;\t\r\n]/u.test(text);
  return isNeeded || rng() < 0.15 ? `"${text.replaceAll('"', '""')}"` : text;
}

function shuffled<T>(rng: Rng, values: readonly T[]): T[] {
  const keyed = values.map((value) => ({ value, key: rng() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}

function pick<T>(rng: Rng, from: readonly T[]): T {
  return from[between(rng, 0, from.length - 1)]!;
}
