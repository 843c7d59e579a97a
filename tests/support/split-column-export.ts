import { encodeCp932 } from './cp932.ts';
import { between, cardDigits, seededRandom } from './seeded-cards.ts';

/** How the export is to be read: number, expiry and moment stand in several columns each. */
export const splitColumnSpec = `kind = "orders"
one_row_per_item = true
order_key = "受注番号"
payment_methods = ["クレジット"]
payment_match = "substring"
not_card_methods = ["カード代引"]
ignore_columns = ["セキュリティコード"]

[columns]
pan = ["カード番号1", "カード番号2", "カード番号3", "カード番号4"]
expiry_month = "有効期限月"
expiry_year = "有効期限年"
ordered_at = ["受注日", "受注時刻"]
channel = "店舗"
reference = "受注番号"
payment_method = "支払方法"

[channel_map]
"本店" = "web"
"電話" = "phone"
"楽天市場店" = "rakuten"
`;

const header = [
  ...['受注番号', '受注日', '受注時刻', '店舗', '支払方法', 'お名前', '商品名', '数量'],
  ...['カード番号1', 'カード番号2', 'カード番号3', 'カード番号4', '有効期限月', '有効期限年'],
  'セキュリティコード',
];

const prefixes = ['400010', '370011', '490077', '510512', '352812', '400123'];
const goods = ['珈琲豆 ①深煎り', '表参道ブレンド,200g', 'ドリップ"極"'];

/** What the order at a place of each hundred is; the first half are card orders of the web shop in the window. */
const kinds: readonly (readonly [from: number, kind: string])[] = [
  [0, 'web'],
  [50, 'bank'],
  [56, 'collect'],
  [62, 'marketplace'],
  [70, 'phone'],
  [82, 'early'],
  [88, 'again'],
  [94, 'fair'],
  [97, 'mistyped'],
];

/**
 * The orders of a shop that stored card numbers, one row for each item, in Shift_JIS. Later rows of an order repeat its
 * fields or leave them blank.
 */
export function makeSplitColumnExport(seed: number, orders: number): Uint8Array {
  const rng = seededRandom(seed);
  const known: string[] = [];
  const rows = Array.from({ length: orders }, (_, place) => {
    const kind = kinds.findLast(([from]) => place % 100 >= from)![1];
    return orderRows(rng, kind, 20_000 + place, known);
  }).flat();
  const lines = [header, ...rows].map((row) => `${row.map(quotedWhereNeeded).join(',')}\r\n`);
  return encodeCp932(lines.join(''));
}

function orderRows(rng: () => number, kind: string, number: number, known: string[]): string[][] {
  const shop = { marketplace: '楽天市場店', phone: '電話', fair: '催事' }[kind] ?? '本店';
  const payment = { bank: '銀行振込', collect: 'カード代引' }[kind] ?? 'クレジットカード決済';
  const day = `${between(rng, 1, 3)}月${between(rng, 1, 28)}日`;
  const orderedAt = `${kind === 'early' ? 2018 : 2020}年${day}`;
  const time = `${between(rng, 0, 23)}:${String(between(rng, 0, 59)).padStart(2, '0')}`;
  const order = [`KC-${number}`, orderedAt, time, shop, payment, '髙橋 能子'];
  const digits = payment === '銀行振込' ? '' : cardFor(rng, kind, known);
  const expiry = digits === '' ? ['', ''] : [`0${(number % 9) + 1}`, String(2031 + (number % 3))];
  const code = digits === '' ? '' : String(between(rng, 100, 999));
  // Who orders again need not say the expiry again.
  const card = [...inParts(digits), ...(kind === 'again' ? ['', ''] : expiry), code];
  return Array.from({ length: between(rng, 1, 3) }, (_, item) => {
    const isBlank = item > 0 && number % 2 === 0 && payment.startsWith('クレジット');
    const cells = isBlank ? [order[0]!, '', '', '', '', ''] : order;
    const numbers = isBlank ? card.map(() => '') : card;
    return [...cells, goods[between(rng, 0, 2)]!, String(between(rng, 1, 3)), ...numbers];
  });
}

function cardFor(rng: () => number, kind: string, known: string[]): string {
  if (kind === 'again') return known[between(rng, 0, known.length - 1)]!;
  const prefix = prefixes[between(rng, 0, prefixes.length - 1)]!;
  const length = prefix.startsWith('37') ? 15 : 16;
  const digits = cardDigits(rng, { prefix, length, valid: kind !== 'mistyped' }).join('');
  if (kind === 'web') known.push(digits);
  return digits;
}

/** As it stands on the card. */
function inParts(digits: string): string[] {
  const at = digits.length === 15 ? [0, 4, 10, 15, 15] : [0, 4, 8, 12, 16];
  return [0, 1, 2, 3].map((part) => digits.slice(at[part], at[part + 1]));
}

function quotedWhereNeeded(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
