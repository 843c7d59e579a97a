import { CARD_PAYMENT } from './order-rows.ts';
import type { OrderRow } from './order-rows.ts';
import type { SeededRandom } from './seeded-random.ts';
import { encodeShiftJis } from './shift-jis.ts';

const header = [
  ...['注文番号', '注文日時', '受注チャネル', '会員番号', 'お名前', '郵便番号', '都道府県'],
  ...['商品名', '数量', '支払方法', 'クレジットカード番号', '有効期限', '支払合計'],
];
const families = ['見本', '例田', '架空', '試山', '仮名川', '標本', '能代見'];
const givens = ['太郎', '花子', '一郎', '桜', '健', '美咲', '翔太'];
const prefectures = ['東京都', '大阪府', '北海道', '愛知県', '福岡県', '宮城県', '石川県'];
/** With commas, quotes, and characters whose second byte is a backslash in Shift_JIS. */
const products = [
  ...['表通りブレンド 200g', 'ソイラテ用 深煎り', '能登の塩キャラメル', 'ドリップバッグ 10袋'],
  ...['エチオピア, 浅煎り 200g', 'マグカップ "きつつき" 白', 'ペーパーフィルター'],
];
const EXPIRED_EVERY = 97;
const FIRST_ORDER = 20_190_001;
const LINE_END = [0x0d, 0x0a];
const COMMA = 0x2c;

/** The whole export, in Shift_JIS with CRLF, as a shop's back office writes it. */
export function writeOrders(rows: readonly OrderRow[], random: SeededRandom): Uint8Array {
  const bytes: number[] = [...encodeShiftJis(header.join(',')), ...LINE_END];
  rows.forEach((row, place) => {
    const order = `KC${FIRST_ORDER + place}`;
    const person = [
      `M${random.between(10_000, 99_999)}`,
      `${random.pick(families)} ${random.pick(givens)}`,
      `${random.between(100, 999)}-${random.between(1_000, 9_999)}`,
      random.pick(prefectures),
    ];
    for (let item = 0; item <= row.items; item += 1) {
      const goods = [random.pick(products), String(random.between(1, 3))];
      const before = [order, row.date, row.channel, ...person, ...goods, row.payment];
      const expiry = row.payment === CARD_PAYMENT ? expiryText(row.digits, '/') : '';
      const after = [expiry, String(random.between(8, 80) * 100)];
      bytes.push(...encodeShiftJis(before.map(cellOf).join(',')), COMMA, ...row.cell, COMMA);
      bytes.push(...encodeShiftJis(after.join(',')), ...LINE_END);
    }
  });
  return Uint8Array.from(bytes);
}

/** The same for a card each time it is written: `05/28`, or `202805` without a separator. A few are over. */
export function expiryText(digits: Uint8Array, separator: '/' | ''): string {
  const sum = digits.reduce((total, digit, at) => total + digit * (at + 1), 0);
  const month = String(1 + (sum % 12)).padStart(2, '0');
  const year = sum % EXPIRED_EVERY === 0 ? '21' : String(28 + (sum % 5));
  return separator === '' ? `20${year}${month}` : `${month}${separator}${year}`;
}

/** Quoted where it has to be, and where there is a space, as PHP does. */
function cellOf(text: string): string {
  return /[",\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
