import { encodeCp932 } from '../tests/support/cp932.ts';
import { between, seededRandom } from '../tests/support/seeded-cards.ts';
import type { ByteWriter } from './byte-writer.ts';
import { checkDigit, MadeNumbers } from './made-numbers.ts';
import { exposedMoment, two } from './order-times.ts';

const header = [
  ...['注文番号', '注文日時', 'チャネル', '支払方法', 'お名前', 'カード番号', '有効期限'],
  '備考',
];

/** A row before it is written. Texts are UTF-16; `number` is what stands in the card number's column. */
interface Row {
  order: string;
  at: string;
  channel: string;
  payment: string;
  name: string;
  number: string;
  expiry: string;
  memo: string;
}

/**
 * How many of a thousand rows are spoiled, and how: 200 excluded, of every reason there is inside one prepare, and 10
 * held. What follows from a prepare before (`already-handed-off`) is not among them, and neither are test numbers, which
 * are cards in a drill.
 */
const spoilers: readonly (readonly [
  perMille: number,
  spoil: (row: Row, shop: DirtyShop) => void,
])[] = [
  [30, (row, { rng }) => (row.payment = pick(rng, otherPayments))], // not-card
  [20, (row, { first }) => Object.assign(row, { order: first.order, number: first.number })], // same-order
  [30, (row, { rng }) => (row.channel = pick(rng, marketplaces))], // excluded-channel
  [30, (row, { rng }) => (row.at = row.at.replace(/^\d{4}/, String(between(rng, 2016, 2018))))], // outside-window
  [10, (row, { rng }) => (row.channel = pick(rng, ['電話', 'FAX', '定期便']))], // outside-window: listed only
  [10, (row) => (row.number = `************${row.number.slice(-4)}`)], // masked-number
  [2, (row) => (row.number = exponent(row.number))], // spreadsheet-damage
  [2, (row) => (row.number = rounded())], // spreadsheet-damage
  [10, (row, { rng }) => (row.number = pick(rng, ['', '不明', '4000-12AB-3456-7890']))], // characters
  [10, (row) => (row.number = row.number.slice(0, 11))], // length
  [16, (row) => (row.number = wrongCheckDigit(row.number))], // luhn
  [30, (row, { first }) => (row.number = first.number)], // duplicate
  [2, (row) => (row.channel = '催事場')], // held: unknown-channel
  [2, (row) => (row.at = '')], // held: date-missing
  [2, (row, { rng }) => (row.at = pick(rng, ['2020-02-30 10:00:00', '確認中', '20/02/03']))], // held: date-unreadable
  [2, (row) => (row.number = withPrefix('190055', row.number))], // held: unknown-brand
  [2, (row) => (row.number = withPrefix('601100', row.number))], // held: no-recipient
];

/** What rows are made from. */
class DirtyShop {
  readonly rng: () => number;
  readonly numbers: MadeNumbers;
  /** An earlier row that became a card. */
  first = { order: '', number: '' };
  #order = 1_000_000;

  constructor(seed: number) {
    this.rng = seededRandom(seed);
    this.numbers = new MadeNumbers(seed);
  }

  row(): Row {
    const { rng, numbers } = this;
    numbers.next();
    this.#order += between(rng, 1, 3);
    return {
      order: `KC-${this.#order}`,
      at: exposedMoment(rng),
      channel: '本店',
      payment: pick(rng, cardPayments),
      name: pick(rng, names),
      number: numbers.text(),
      expiry: `${two(between(rng, 1, 12))}/${between(rng, 28, 34)}`,
      memo: pick(rng, memos),
    };
  }
}

/** CP932 with CRLF, quoted where needed and sometimes where not. Of a thousand rows 790 become cards. */
export function writeDirtyOrders(file: ByteWriter, records: number, seed: number): void {
  const shop = new DirtyShop(seed);
  const { rng } = shop;
  file.put(encodeCp932(`${header.join(',')}\r\n`));
  for (let record = 0; record < records; record++) {
    const row = shop.row();
    const spoil = record === 0 ? undefined : spoilerFor(between(rng, 0, 999));
    if (spoil === undefined) {
      row.number = spelt(rng, row.number);
      shop.first = { order: row.order, number: row.number };
    } else spoil(row, shop);
    writeRow(file, rng, row);
  }
}

function spoilerFor(draw: number): ((row: Row, shop: DirtyShop) => void) | undefined {
  let bound = 0;
  for (const [perMille, spoil] of spoilers) {
    bound += perMille;
    if (draw < bound) return spoil;
  }
  return undefined;
}

/** A number as people and carts write it; most carts write it plainly. */
function spelt(rng: () => number, number: string): string {
  const groups = number.replace(/(.{4})(?=.)/g, '$1-');
  const draw = between(rng, 0, 99);
  if (draw < 70) return number;
  if (draw < 80) return groups;
  if (draw < 86) return groups.replaceAll('-', ' ');
  if (draw < 92) return `="${number}"`;
  return number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function writeRow(file: ByteWriter, rng: () => number, row: Row): void {
  const cells = [row.order, row.at, row.channel, row.payment, row.name, row.number, row.expiry];
  cells.forEach((cell, column) => {
    writeCell(file, cell, column === 4 || between(rng, 0, 9) === 0);
    file.putText(',');
  });
  writeCell(file, row.memo, false);
  file.putText('\r\n');
}

const asciiOnly = /^[\x20-\x7e\r\n]*$/;
const encoded = new Map<string, Uint8Array>();

function writeCell(file: ByteWriter, text: string, isQuoted: boolean): void {
  const cell = isQuoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  if (asciiOnly.test(cell)) file.putText(cell);
  else if (/[０-９]/.test(cell)) file.put(encodeCp932(cell));
  else file.put(remembered(cell));
}

/** The few texts that repeat are encoded once. */
function remembered(cell: string): Uint8Array {
  let bytes = encoded.get(cell);
  if (bytes === undefined) {
    bytes = encodeCp932(cell);
    encoded.set(cell, bytes);
  }
  return bytes;
}

function pick(rng: () => number, values: readonly string[]): string {
  return values[between(rng, 0, values.length - 1)]!;
}

/** As a spreadsheet shows sixteen digits in a narrow column. */
function exponent(number: string): string {
  return `${number[0]!}.${number.slice(1, 6)}E+${number.length - 1}`;
}

/** As a spreadsheet saves a number of 19 digits: fifteen of them, then zeros; the check digit does not hold. */
function rounded(): string {
  return '6221133333412670000';
}

function wrongCheckDigit(number: string): string {
  // UnionPay numbers without a check digit are sent all the same.
  const other = number.startsWith('62') ? withPrefix('400123', number) : number;
  return other.slice(0, -1) + String((Number(other.at(-1)) + 5) % 10);
}

/** Another number of 16 digits that begins with `prefix`. */
function withPrefix(prefix: string, number: string): string {
  const digits = new Uint8Array(16);
  const text = (prefix + number.slice(6)).padEnd(15, '7');
  for (let at = 0; at < 15; at++) digits[at] = text.charCodeAt(at);
  digits[15] = 0x30 + checkDigit(digits, 15);
  return String.fromCharCode(...digits);
}

const cardPayments = ['クレジットカード', 'クレジットカード決済', 'ｸﾚｼﾞｯﾄ', 'クレジット(分割)'];
const otherPayments = ['代金引換', '銀行振込', 'コンビニ決済', 'PayPay'];
const marketplaces = ['楽天市場店', 'Yahoo!ショッピング', 'Ａｍａｚｏｎ店'];
// 髙 and ① stand in CP932 alone; 表, ソ, 能 and 十 have a second byte of 0x5C.
const names = ['髙橋 一郎', '表 能子', '山﨑 ソニア', '十文字 薫', '渡邉 花子'];
const memos = [
  '',
  '',
  '',
  '領収書希望\r\n宛名は㈱で',
  '電話ください',
  'ドリップ"極", 200g',
  '①表参道',
];
