// The incident that the benchmark is about: one set of facts, given to the program as the files it takes and to the
// peer as the settings an administrator would keep beside the script.

export const recipients = ['north', 'south'] as const;

export interface IssuerRange {
  readonly low: string;
  readonly high: string;
  readonly brand: string;
  readonly issuer: string;
  readonly country: string;
}

const ranges: readonly IssuerRange[] = [
  range('400010', '400499', 'visa', 'みどりの銀行'),
  range('40002000', '40002999', 'visa', 'みどりの銀行 南支店'),
  range('490000', '491999', 'visa', 'Kestrel, Stone & Partners', 'AU'),
  range('510500', '510599', 'mastercard', 'しおさい銀行'),
  range('540000', '541999', 'mastercard', 'ゆきわり銀行'),
  range('222100', '222399', 'mastercard', 'わかばデジタル銀行'),
  range('352800', '352999', 'jcb', 'すずらんカード'),
  range('354000', '354999', 'jcb', 'しおさい銀行'),
  range('370000', '371999', 'american-express', 'まほろばトラベルカード'),
  range('378700', '379999', 'american-express', 'あおぞら紀行カード'),
  range('360000', '362999', 'diners-club', 'ひいらぎクラブ'),
  range('622100', '622124', 'unionpay', '明灯銀行', 'CN'),
];

function range(
  low: string,
  high: string,
  brand: string,
  issuer: string,
  country = 'JP',
): IssuerRange {
  return { low, high, brand, issuer, country };
}

const recipientOfIssuer: Readonly<Record<string, string>> = {
  'みどりの銀行 南支店': 'south',
  わかばデジタル銀行: 'south',
};

/** Discover has no recipient on purpose. */
const recipientOfBrand: Readonly<Record<string, string>> = {
  visa: 'north',
  mastercard: 'north',
  jcb: 'north',
  'diners-club': 'north',
  unionpay: 'north',
  'american-express': 'south',
};

/** Short prefixes by which the peer knows a brand where no issuer is known; enough for the numbers made here. */
const brandPrefixes: Readonly<Record<string, readonly string[]>> = {
  visa: ['4'],
  mastercard: ['51', '52', '53', '54', '55', ...digitsBetween(2221, 2720)],
  jcb: digitsBetween(3528, 3589),
  'diners-club': ['36', '38', '39', ...digitsBetween(300, 305)],
  unionpay: ['62'],
  'american-express': ['34', '37'],
  discover: ['6011'],
};

const excludedChannels = ['rakuten', 'yahoo', 'amazon'];

const windows = [
  { name: 'web', channels: ['web'], from: '2019-12-16', to: '2020-04-08', listedOnly: false },
  { name: 'app', channels: ['app'], from: '2020-02-01', to: '2020-03-31', listedOnly: false },
  {
    name: 'orders',
    channels: ['subscription', 'phone', 'mail', 'fax'],
    from: '2010-08-20',
    to: '2020-04-08',
    listedOnly: true,
  },
] as const;

/** Words of the shop's cart for its channels; the clean file has the incident's own words. */
const channelMap: Readonly<Record<string, string>> = {
  本店: 'web',
  アプリ: 'app',
  定期便: 'subscription',
  電話: 'phone',
  FAX: 'fax',
  楽天市場店: 'rakuten',
  'Yahoo!ショッピング': 'yahoo',
  Ａｍａｚｏｎ店: 'amazon',
};

export type FileKind = 'clean' | 'dirty';

/** What the peer's settings say about a file; the program finds columns and encoding by itself. */
const layouts = {
  clean: {
    encoding: 'ascii',
    columns: {
      reference: 'order_no',
      ordered_at: 'ordered_at',
      channel: 'channel',
      payment: undefined,
      number: 'card_number',
      expiry: 'expiry',
    },
    one_row_per_item: false,
  },
  dirty: {
    encoding: 'cp932',
    columns: {
      reference: '注文番号',
      ordered_at: '注文日時',
      channel: 'チャネル',
      payment: '支払方法',
      number: 'カード番号',
      expiry: '有効期限',
    },
    one_row_per_item: true,
  },
} as const;

export function peerSettings(kind: FileKind): string {
  return JSON.stringify({
    ...layouts[kind],
    channel_map: kind === 'dirty' ? channelMap : {},
    card_payment: 'クレジット',
    excluded_channels: excludedChannels,
    windows: windows.map(({ listedOnly, ...window }) => ({ ...window, listed_only: listedOnly })),
  });
}

/** The spec of the dirty file; the clean one needs none. */
export function sourceSpecToml(): string {
  const words = Object.entries(channelMap).map(([word, channel]) => `"${word}" = "${channel}"`);
  return `kind = "orders"
one_row_per_item = true
order_key = "注文番号"
payment_methods = ["クレジット"]
payment_match = "substring"

[channel_map]
${words.join('\n')}
`;
}

export function incidentToml(id: string): string {
  const list = (words: readonly string[]): string => `["${words.join('", "')}"]`;
  const windowTables = windows.map(
    ({ name, channels, from, to, listedOnly }) =>
      `[[windows]]\nname = "${name}"\nchannels = ${list(channels)}\nfrom = ${from}\nto = ${to}\nlisted_only = ${listedOnly}\n`,
  );
  const routeTables = [
    ...Object.entries(recipientOfIssuer).map(([issuer, to]) => routeToml('issuer', issuer, to)),
    ...Object.entries(recipientOfBrand).map(([brand, to]) => routeToml('brand', brand, to)),
  ];
  return `id = "${id}"
public_name = "Benchmark Shop"
merchant = "Benchmark Shop K.K."
discovered_at = 2020-04-07T15:00:00+09:00
time_zone = "Asia/Tokyo"
elements = ["pan", "expiry"]
excluded_channels = ${list(excludedChannels)}
stage = "final"

${[...windowTables, ...routeTables].join('\n')}`;
}

function routeToml(by: 'issuer' | 'brand', name: string, recipient: string): string {
  return `[[routes]]\n${by} = "${name}"\nrecipient = "${recipient}"\n`;
}

/** The issuer table as `bins import` takes it. */
export function issuerCsv(): string {
  const rows = ranges.map(
    ({ low, high, brand, issuer, country }) => `${low},${high},${brand},"${issuer}",${country}`,
  );
  return `low,high,brand,issuer,country\n${rows.join('\n')}\n`;
}

/** The same facts as the peer looks them up: prefix, brand and recipient, empty where there is none. */
export function prefixCsv(): string {
  const byIssuer = ranges.flatMap(({ low, high, brand, issuer }) =>
    digitsBetween(Number(low), Number(high)).map(
      (prefix) => `${prefix},${brand},${recipientOfIssuer[issuer] ?? recipientOfBrand[brand]!}`,
    ),
  );
  const byBrand = Object.entries(brandPrefixes).flatMap(([brand, prefixes]) =>
    prefixes.map((prefix) => `${prefix},${brand},${recipientOfBrand[brand] ?? ''}`),
  );
  return `prefix,brand,recipient\n${[...byIssuer, ...byBrand].join('\n')}\n`;
}

function digitsBetween(low: number, high: number): string[] {
  return Array.from({ length: high - low + 1 }, (_, step) => String(low + step));
}
