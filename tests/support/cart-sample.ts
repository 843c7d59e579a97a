import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse/sync';

import { encodeCp932 } from './cp932.ts';
import { cardDigits, seededRandom } from './seeded-cards.ts';

/** The samples of tests/vectors/sources, by the spec they are for, and how the cart writes them. */
const carts = {
  eccube2: { order: '注文番号', eol: '\r\n', isQuoted: false, isJapanese: true },
  eccube3: { order: '注文ID', eol: '\n', isQuoted: false, isJapanese: true },
  eccube4: { order: '注文番号', eol: '\n', isQuoted: false, isJapanese: true },
  'eccube4-en': { order: 'Order No.', eol: '\n', isQuoted: false, isJapanese: true },
  welcart: { order: '注文番号', eol: '\n', isQuoted: true, isJapanese: true },
  magento2: { order: 'ID', eol: '\n', isQuoted: false, isJapanese: false },
  aiship: { order: '注文番号', eol: '\r\n', isQuoted: false, isJapanese: true },
  makeshop: { order: '注文番号', eol: '\r\n', isQuoted: false, isJapanese: true },
  woocommerce: { order: 'Order #', eol: '\n', isQuoted: false, isJapanese: false },
  cscart: { order: 'Order ID', eol: '\n', isQuoted: true, isJapanese: false },
} as const;

export type Cart = keyof typeof carts;
export const cartNames = Object.keys(carts) as Cart[];

/** Those whose spec, as it is shipped, cannot tell how an order was paid. */
export const silentCarts: readonly Cart[] = ['makeshop', 'woocommerce', 'cscart'];

export interface CartSample {
  /** As the cart writes it. */
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly orders: number;
  /** Digits of the generated numbers, one per order; empty for the sample as it is exported. */
  readonly cards: readonly string[];
}

/** A sample as the cart exports it, or with a column `numbers` that a changed shop added, one card for each order. */
export function cartSample(cart: Cart, numbers?: string): CartSample {
  const { order, eol, isQuoted, isJapanese } = carts[cart];
  const path = fileURLToPath(new URL(`../vectors/sources/${cart}.csv`, import.meta.url));
  const [header = [], ...rows] = parse(readFileSync(path, 'utf8'));
  const at = header.indexOf(order);
  const rng = seededRandom(cart.length);
  const byOrder = new Map<string, string>();
  for (const row of rows) {
    const digits = cardDigits(rng, { prefix: '490010' }).join('');
    if (!byOrder.has(row[at]!)) byOrder.set(row[at]!, digits);
  }
  const table =
    numbers === undefined
      ? [header, ...rows]
      : [[...header, numbers], ...rows.map((row) => [...row, byOrder.get(row[at]!)!])];
  const cell = (text: string): string =>
    isQuoted || /[\s,"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const text = table.map((row) => row.map(cell).join(',') + eol).join('');
  return {
    bytes: isJapanese ? encodeCp932(text) : new TextEncoder().encode(text),
    rows: rows.length,
    orders: byOrder.size,
    cards: numbers === undefined ? [] : [...byOrder.values()],
  };
}
