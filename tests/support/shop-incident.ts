// One incident for the journeys, once as the files a person writes and once as the plain facts an oracle counts by.

/** Card numbers by issuer, as an acquirer would hand them over: own column names, lengths of 6 and 8 mixed. */
export const issuerTable = [
  ['400010', '400499', 'VISA', 'みどりの銀行', 'JP'],
  ['40002000', '40002999', 'VISA', 'みどりの銀行 南支店', 'JP'],
  ['490000', '491999', 'VISA', 'Kestrel, Stone & Partners', 'AU'],
  ['510500', '510599', 'Mastercard', 'しおさい銀行', 'JP'],
  ['540000', '541999', 'Mastercard', 'ゆきわり銀行', 'JP'],
  ['222100', '222399', 'Mastercard', 'わかばデジタル銀行', 'JP'],
  ['352800', '352999', 'JCB', 'すずらんカード', 'JP'],
  ['354000', '354999', '', 'しおさい銀行', 'JP'],
  ['370000', '371999', 'American Express', 'まほろばトラベルカード', 'JP'],
  ['378700', '379999', 'American Express', 'あおぞら紀行カード', 'JP'],
  ['360000', '362999', 'Diners Club', 'ひいらぎクラブ', 'JP'],
  ['622100', '622124', 'UnionPay', '明灯銀行', 'CN'],
] as const;

export const issuerColumns = 'low=bin_from,high=bin_to,brand=scheme,issuer=issuer_name,country=cc';

export function issuerCsv(
  rows: readonly (readonly [string, string, string, string, string])[] = issuerTable,
): string {
  const lines = rows.map((row) =>
    row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(','),
  );
  return `bin_from,bin_to,scheme,issuer_name,cc\n${lines.join('\n')}\n`;
}

/** Brands with a recipient. Discover has none, and no card of an unknown brand goes anywhere. */
export const recipientOfBrand: Readonly<Record<string, string>> = {
  visa: 'psp',
  mastercard: 'psp',
  jcb: 'psp',
  'diners-club': 'psp',
  unionpay: 'psp',
  'american-express': 'amex',
};

export const excludedChannels = ['rakuten', 'yahoo', 'amazon'];

/** Words of the shop's cart for its channels. */
export const channelMap: Readonly<Record<string, string>> = {
  本店: 'web',
  アプリ: 'app',
  定期便: 'subscription',
  電話: 'phone',
  FAX: 'fax',
  楽天市場店: 'rakuten',
  'Yahoo!ショッピング': 'yahoo',
  Ａｍａｚｏｎ店: 'amazon',
};

const HOUR = 3_600_000;

/** Midnight in Japan, as an instant. */
export function midnightInJapan(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) - 9 * HOUR;
}

/** `to` is exclusive. */
export const windows = [
  {
    name: 'web',
    channels: ['web'],
    from: midnightInJapan(2019, 12, 16),
    to: midnightInJapan(2020, 4, 9),
    listedOnly: false,
  },
  {
    name: 'app',
    channels: ['app'],
    from: midnightInJapan(2020, 2, 1) + 12 * HOUR,
    to: midnightInJapan(2020, 4, 1),
    listedOnly: false,
  },
  {
    name: 'orders',
    channels: ['subscription', 'phone', 'mail', 'fax'],
    from: midnightInJapan(2010, 8, 20),
    to: midnightInJapan(2020, 4, 9),
    listedOnly: true,
  },
] as const;

/** The incident as `incident open` reads it. */
export function incidentToml(id: string, recipients = recipientOfBrand): string {
  const routes = Object.entries(recipients).map(
    ([brand, recipient]) => `[[routes]]\nbrand = "${brand}"\nrecipient = "${recipient}"\n`,
  );
  return `id = "${id}"
public_name = "Kitsutsuki Coffee"
merchant = "Kitsutsuki Coffee K.K."
case_number = "EX-2020-0407"
discovered_at = 2020-04-07T15:00:00+09:00
time_zone = "Asia/Tokyo"
elements = ["cardholder_name", "pan", "expiry", "security_code"]
excluded_channels = ["${excludedChannels.join('", "')}"]
contact = "cards@kitsutsuki.example"
stage = "final"

[[windows]]
name = "web"
channels = ["web"]
from = 2019-12-16
to = 2020-04-08

[[windows]]
name = "app"
channels = ["app"]
from = 2020-02-01T12:00:00+09:00
to = 2020-03-31

[[windows]]
name = "orders"
channels = ["subscription", "phone", "mail", "fax"]
from = 2010-08-20
to = 2020-04-08
listed_only = true

${routes.join('\n')}`;
}

/** How the shop's order export is to be read; other columns are found by their names. */
export const orderSpecToml = `kind = "orders"
one_row_per_item = true
order_key = "注文番号"
payment_methods = ["クレジット"]
payment_match = "substring"

[channel_map]
${Object.entries(channelMap)
  .map(([word, channel]) => `"${word}" = "${channel}"`)
  .join('\n')}
`;

export const recoveredSpecToml = 'kind = "recovered"\n';
