import { encodeCp932 } from './cp932.ts';
import { cardDigits, seededRandom } from './seeded-cards.ts';

/** One order of EC-CUBE 4, as the shop wrote it. */
export interface PersonOrder {
  readonly family: string;
  readonly given: string;
  readonly kana: readonly [string, string];
  readonly postcode: string;
  readonly phone: string;
  readonly pan: string;
  readonly date: string;
  readonly payment: string;
  /** As people know it; by its place where it has none of its own. */
  readonly order?: string;
}

const header = [
  ...[
    '注文ID',
    '注文番号',
    'お名前(姓)',
    'お名前(名)',
    'お名前(セイ)',
    'お名前(メイ)',
    '郵便番号',
    'TEL',
  ],
  ...['支払方法(名称)', '受注日', '注文詳細ID', '明細区分(ID)', 'カード番号'],
];

/** A made-up number of a brand, the same for the same seed. */
export function panOf(seed: number, prefix = '400010'): string {
  const length = prefix.startsWith('37') ? 15 : 16;
  return cardDigits(seededRandom(seed), { prefix, length }).join('');
}

export const affected = { date: '2020-01-10 12:00:00', payment: 'クレジットカード' } as const;

/** The export, two rows for each order: goods, then postage. */
export function personExport(orders: readonly PersonOrder[]): Uint8Array {
  const rows = orders.flatMap((order, place) => {
    const { family, given, kana, postcode, phone, payment, date, pan } = order;
    const id = String(place + 1);
    const person = [family, given, ...kana, postcode, phone, payment, date];
    return ['1', '2'].map((kind) => [
      id,
      order.order ?? `A-${1000 + place}`,
      ...person,
      `${id}${kind}`,
      kind,
      pan,
    ]);
  });
  const quoted = (cell: string): string => (/[ ,]/.test(cell) ? `"${cell}"` : cell);
  const lines = [header, ...rows].map((row) => row.map(quoted).join(','));
  return encodeCp932(`${lines.join('\n')}\n`);
}
