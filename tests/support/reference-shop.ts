import { encodeCp932 } from './cp932.ts';
import { cardDigits, seededRandom } from './seeded-cards.ts';

// A shop that holds no card numbers: its orders, and what each row has to become, written down as it is made.

/** One row of the shop's export, and the reason why it is not handed over; '' for one that is. */
export interface ShopRow {
  readonly order: string;
  readonly date: string;
  readonly channel: string;
  readonly payment: string;
  readonly brand: string;
  readonly lastFour: string;
  readonly becomes: string;
}

export const shopIncident = `id = "shop-b-2015"
public_name = "Example Books"
merchant = "Example Books K.K."
discovered_at = 2015-10-02T15:00:00+09:00
time_zone = "Asia/Tokyo"
elements = ["cardholder_name", "pan", "expiry", "security_code"]
excluded_channels = ["rakuten"]
default_recipient = "processor"

[[windows]]
name = "web"
channels = ["web"]
from = 2015-08-01
to = 2015-09-11
`;

export const shopSpec = `kind = "references"
reference_kind = "order"
payment_methods = ["クレジットカード"]

[columns]
reference = "受注番号"
ordered_at = "受注日時"
channel = "店舗"
payment_method = "支払方法"
brand = "カード会社"
last_four = "下4桁"

[channel_map]
"本店" = "web"
"楽天" = "rakuten"
`;

const heading = '受注番号,受注日時,店舗,支払方法,カード会社,下4桁';
const brands = ['VISA', 'Mastercard', 'JCB', '', ''];

/** Rows of `count` orders that go out, and of each kind that does not. */
export function shopRows(count: number, first = 1): readonly ShopRow[] {
  const rng = seededRandom(480 + first);
  const row = (place: number, more: Partial<ShopRow> = {}): ShopRow => ({
    order: `B-${String(10_000 + place)}`,
    date: `2015/08/${String(1 + (place % 30)).padStart(2, '0')} 10:15:00`,
    ...{ channel: '本店', payment: 'クレジットカード', brand: brands[place % 5]!, lastFour: '' },
    becomes: '',
    ...more,
  });
  const out = Array.from({ length: count }, (_, at) =>
    row(first + at, at % 3 === 0 ? { lastFour: String(at % 10_000).padStart(4, '0') } : {}),
  );
  const number = cardDigits(rng, { prefix: '490010' }).join('');
  const others = [
    row(first, { becomes: 'duplicate', date: '2015/09/01 09:00:00', lastFour: '' }),
    row(9001, { becomes: 'not-card', payment: '代金引換' }),
    row(9002, { becomes: 'excluded-channel', channel: '楽天' }),
    row(9003, { becomes: 'unknown-channel', channel: '催事' }),
    row(9004, { becomes: 'date-missing', date: '' }),
    row(9005, { becomes: 'outside-window', date: '2015/09/12 00:00:00' }),
    row(9006, { becomes: 'reference-missing', order: '' }),
    row(9007, { becomes: 'reference-too-long', order: 'x'.repeat(257) }),
    row(9008, { becomes: 'reference-is-number', order: number }),
  ];
  return [...out, ...others];
}

/** The export as a cart writes it, in CP932. */
export function shopExport(rows: readonly ShopRow[]): Uint8Array {
  const lines = rows.map(({ order, date, channel, payment, brand, lastFour }) =>
    [order, date, channel, payment, brand, lastFour].join(','),
  );
  return encodeCp932(`${[heading, ...lines].join('\r\n')}\r\n`);
}

/** How many rows become what. */
export function countsOf(rows: readonly ShopRow[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { becomes } of rows) counts[becomes] = (counts[becomes] ?? 0) + 1;
  return counts;
}
