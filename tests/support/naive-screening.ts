// The screening of an intake written a second time, with strings and Maps, to be compared with the real one. Slow and
// plain on purpose. Reads sources of its own making: columns by the names below, wall-clock times in UTC+9.

import { parse } from 'csv-parse/sync';
import luhn from 'luhn';

import type { Scope } from '../../src/domain/intake/scope.ts';

export interface NaiveSpec {
  readonly kind: 'orders' | 'recovered';
  readonly delimiter: string;
  readonly expiryOrder: 'MMYY' | 'YYMM';
  readonly channelMap: Readonly<Record<string, string>>;
  readonly paymentMethods: readonly string[];
  readonly oneRowPerItem: boolean;
}

export interface NaiveCard {
  brand: string;
  windows: Set<string>;
  first: number | undefined;
  last: number | undefined;
  expiry: number | undefined;
  readonly line: number;
  readonly references: string[];
}

export interface NaiveResult {
  read: number;
  readonly cards: Map<string, NaiveCard>;
  readonly counts: Record<string, number>;
  readonly warnings: Record<string, number>;
  readonly accepted: Record<string, number>;
  readonly findings: string[];
  readonly orders: Set<string>;
  blankRows: number;
}

/** Brand words by first digits, enough for the numbers tests make. */
export function naiveBrand(pan: string): string {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/^4/, 'visa'],
    [/^5[1-5]/, 'mastercard'],
    [/^3[47]/, 'american-express'],
    [/^35[2-8]/, 'jcb'],
    [/^62/, 'unionpay'],
    [/^3[68]/, 'diners-club'],
  ];
  return rules.find(([pattern]) => pattern.test(pan))?.[1] ?? 'unknown';
}

const lengths: Readonly<Record<string, readonly number[]>> = {
  visa: [13, 16, 18, 19],
  mastercard: [16],
  'american-express': [15],
  jcb: [16, 17, 18, 19],
  unionpay: [14, 15, 16, 17, 18, 19],
  'diners-club': [14, 16, 19],
  unknown: [13, 14, 15, 16, 17, 18, 19],
};

interface Row {
  readonly line: number;
  readonly field: (name: string) => string;
}

/** Screens a decoded text. `recipientOf` says whether anyone receives a brand. */
export function screenNaively(
  text: string,
  spec: NaiveSpec,
  scope: Scope,
  recipientOf: (brand: string) => boolean,
  isTest: (pan: string) => boolean,
): NaiveResult {
  const result: NaiveResult = {
    ...{ read: 0, cards: new Map(), counts: {}, warnings: {}, accepted: {}, findings: [] },
    ...{ orders: new Set<string>(), blankRows: 0 },
  };
  const firstNumbers = new Map<string, string>();
  for (const row of rowsOf(text, spec.delimiter, result)) {
    result.read++;
    const relied: string[] = [];
    const exposure = { windows: new Set<string>(), ms: undefined as number | undefined };
    const reason =
      paymentReason(row, spec, firstNumbers) ??
      orderReason(row, spec, firstNumbers) ??
      exposureReason(row, spec, scope, relied, exposure) ??
      numberReason(row, scope, relied, recipientOf, isTest, result);
    const named = reason ?? include(row, spec, scope, exposure, result);
    if (reason === undefined) for (const id of relied) bump(result.accepted, id);
    if (named === undefined) continue;
    bump(result.counts, named);
    result.findings.push(`${row.line} ${named}`);
  }
  for (const key of firstNumbers.keys()) result.orders.add(key);
  return result;
}

function bump(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function rowsOf(text: string, delimiter: string, result: NaiveResult): Row[] {
  const bytes = Buffer.from(text.replace(/^\ufeff/, ''));
  const parsed = parse(bytes, {
    ...{ delimiter, relax_column_count: true, skip_empty_lines: true, info: true },
    record_delimiter: ['\r\n', '\n', '\r'],
  }) as unknown as { record: string[]; info: { bytes: number } }[];
  const header = parsed[0]?.record.map((name) => name.trim()) ?? [];
  const rows: Row[] = [];
  parsed.forEach(({ record }, place) => {
    if (place === 0) return;
    const before = bytes.subarray(0, parsed[place - 1]!.info.bytes).toString();
    const after = bytes.subarray(parsed[place - 1]!.info.bytes).toString();
    const blank = /^[\r\n]*/.exec(after)![0];
    const line = (before + blank).split(/\r\n|\r|\n/).length;
    if (record.every((value) => /^ *$/.test(value))) result.blankRows++;
    else rows.push({ line, field: (name) => record[header.indexOf(name)] ?? '' });
  });
  return rows;
}

const fold = (value: string): string => value.normalize('NFKC').trim().toLowerCase();

function paymentReason(
  row: Row,
  spec: NaiveSpec,
  seen: ReadonlyMap<string, string>,
): string | undefined {
  if (spec.paymentMethods.length === 0) return undefined;
  const value = fold(row.field('支払方法'));
  if (spec.paymentMethods.map(fold).includes(value)) return undefined;
  const number = row.field('カード番号');
  const first = seen.get(row.field('注文番号').replace(/^ +| +$/g, ''));
  const isItem = first !== undefined && (number === '' || number === first);
  const isSilent = spec.oneRowPerItem && row.field('支払方法') === '';
  return isSilent && isItem ? 'same-order' : 'not-card';
}

function orderReason(row: Row, spec: NaiveSpec, seen: Map<string, string>): string | undefined {
  const key = row.field('注文番号').replace(/^ +| +$/g, '');
  if (!spec.oneRowPerItem || key === '') return undefined;
  const number = row.field('カード番号');
  const first = seen.get(key);
  if (first === undefined) seen.set(key, number);
  return first !== undefined && (number === '' || number === first) ? 'same-order' : undefined;
}

function exposureReason(
  row: Row,
  spec: NaiveSpec,
  scope: Scope,
  relied: string[],
  exposure: { windows: Set<string>; ms: number | undefined },
): string | undefined {
  const span = naiveDate(row.field('注文日時'));
  const overlaps = ({ fromMs, toMs }: { fromMs: number; toMs: number }): boolean =>
    typeof span === 'object' && span.from < toMs && span.to > fromMs;
  if (spec.kind === 'recovered') {
    if (typeof span === 'object') {
      exposure.ms = span.from;
      for (const window of scope.windows) if (overlaps(window)) exposure.windows.add(window.name);
    }
    return undefined;
  }
  const own = fold(row.field('チャネル'));
  const channel = fold(
    Object.entries(spec.channelMap).find(([name]) => fold(name) === own)?.[1] ?? own,
  );
  const forOrders = scope.windows.filter(({ listedOnly }) => !listedOnly);
  const named = scope.windows.flatMap(({ channels }) => channels ?? []);
  let isAny = false;
  if (scope.excludedChannels.includes(channel)) return 'excluded-channel';
  const isOpen = forOrders.some(({ channels }) => channels === undefined);
  if (channel === '' || (!named.includes(channel) && !isOpen)) {
    if (!scope.acceptHeld.includes('unknown-channel')) return 'unknown-channel';
    relied.push('unknown-channel');
    isAny = true;
  }
  if (typeof span === 'string') {
    if (!scope.acceptHeld.includes(span)) return span;
    relied.push(span);
    return undefined;
  }
  for (const window of forOrders) {
    const isIn = isAny || window.channels === undefined || window.channels.includes(channel);
    if (isIn && overlaps(window)) exposure.windows.add(window.name);
  }
  exposure.ms = span.from;
  return exposure.windows.size === 0 ? 'outside-window' : undefined;
}

/** Wide forms, spaces and dashes made ASCII. */
function plain(value: string): string {
  return value
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\t\u00a0\u2007\u2009\u202f\u3000]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '');
}

function naiveDate(
  value: string,
): { from: number; to: number } | 'date-missing' | 'date-unreadable' {
  const text = plain(value);
  if (text === '') return 'date-missing';
  const parts =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ] *(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(?: *(Z|[+-]\d\d:?\d\d))?$/.exec(
      text,
    ) ??
    /^(\d{4})()(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})(年)(\d{1,2})月(\d{1,2})日(?: *(\d{1,2}):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (parts === null) return 'date-unreadable';
  const [, year, , month, day, hour, minute, second, fraction, zone] = parts;
  if (zone !== undefined && hour === undefined) return 'date-unreadable';
  const two = (part: string | undefined): string => (part ?? '0').padStart(2, '0');
  const ms = (fraction ?? '').padEnd(3, '0').slice(0, 3);
  const offset = zone === undefined ? '+09:00' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const date = `${year}-${two(month)}-${two(day)}`;
  const from = Date.parse(`${date}T${two(hour)}:${two(minute)}:${two(second)}.${ms}${offset}`);
  const start = new Date(`${date}T00:00:00Z`);
  const isReal = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(date);
  if (Number.isNaN(from) || !isReal) return 'date-unreadable';
  const length = fraction ? 1 : second ? 1_000 : hour ? 60_000 : 86_400_000;
  return { from, to: from + length };
}

function numberReason(
  row: Row,
  scope: Scope,
  relied: string[],
  recipientOf: (brand: string) => boolean,
  isTest: (pan: string) => boolean,
  result: NaiveResult,
): string | undefined {
  const text = naiveText(row).trim();
  const masks = text.replace(/[^*#xX•●]/g, '').length;
  const isMasked = masks > 0 && /^[-\d *#xX•●]*$/.test(text);
  if (isMasked) return /\d/.test(text) || masks >= 4 ? 'masked-number' : 'characters';
  if (/^\d+([.,]\d*)?[eE][+-]?\d{1,3}$/.test(plain(row.field('カード番号')).trim()))
    return 'spreadsheet-damage';
  const pan = naiveNumber(row);
  if (pan === undefined) return 'characters';
  const passes = luhn.validate(pan);
  if (pan.length >= 16 && /^0*$/.test(pan.slice(15)) && !passes) return 'spreadsheet-damage';
  const brand = naiveBrand(pan);
  if (!lengths[brand]!.includes(pan.length)) return 'length';
  const isDemanded = brand !== 'unknown' && brand !== 'unionpay';
  if (!passes && isDemanded) return 'luhn';
  if (!recipientOf(brand)) return brand === 'unknown' ? 'unknown-brand' : 'no-recipient';
  if (scope.mode === 'live' && isTest(pan)) {
    if (!scope.acceptHeld.includes('test-number')) return 'test-number';
    relied.push('test-number');
  }
  if (!passes) bump(result.warnings, 'luhn');
  return undefined;
}

/** The long vowel mark counts as a hyphen between digits only. */
function naiveText(row: Row): string {
  return plain(row.field('カード番号')).replace(/(?<=\d)[ーｰ](?=\d)/g, '');
}

function naiveNumber(row: Row): string | undefined {
  const digits = naiveText(row).replace(/[ -]/g, '');
  return /^\d+$/.test(digits) ? digits : undefined;
}

function naiveExpiry(row: Row, order: 'MMYY' | 'YYMM'): number | 'missing' | 'unreadable' {
  const text = plain(row.field('有効期限'));
  if (text === '') return 'missing';
  const long = /^(\d{4})[/-]?(\d\d?)$/.exec(text);
  if (long && Number(long[1]) >= 1990 && Number(long[1]) < 2100 && /[/-]|^\d{6}$/.test(text)) {
    const month = Number(long[2]);
    return month >= 1 && month <= 12 ? Number(long[1]) * 12 + month - 1 : 'unreadable';
  }
  const pair = /^(\d\d)[/-]?(\d\d)$/.exec(text);
  if (!pair) return 'unreadable';
  const [month, year] = order === 'MMYY' ? [pair[1], pair[2]] : [pair[2], pair[1]];
  const isMonth = Number(month) >= 1 && Number(month) <= 12;
  return isMonth ? (2000 + Number(year)) * 12 + Number(month) - 1 : 'unreadable';
}

function include(
  row: Row,
  spec: NaiveSpec,
  scope: Scope,
  exposure: { windows: Set<string>; ms: number | undefined },
  result: NaiveResult,
): string | undefined {
  const pan = naiveNumber(row)!;
  const read = naiveExpiry(row, spec.expiryOrder);
  if (typeof read === 'string') bump(result.warnings, `expiry-${read}`);
  const expiry = typeof read === 'string' ? undefined : read;
  const month = scope.today.year * 12 + scope.today.month - 1;
  if (expiry !== undefined && expiry < month) bump(result.warnings, 'expired');
  const reference = plain(row.field('注文番号')).normalize('NFKC').trim();
  const { ms } = exposure;
  const card = result.cards.get(pan);
  if (card === undefined) {
    result.cards.set(pan, {
      ...{ brand: naiveBrand(pan), windows: exposure.windows, first: ms, last: ms, expiry },
      ...{ line: row.line, references: reference === '' ? [] : [reference] },
    });
    return undefined;
  }
  for (const window of exposure.windows) card.windows.add(window);
  if (expiry !== undefined && card.expiry !== undefined && expiry !== card.expiry) {
    bump(result.warnings, 'expiry-differs');
  }
  const isLater = card.last === undefined || (ms !== undefined && ms >= card.last);
  if (expiry !== undefined && (card.expiry === undefined || isLater)) card.expiry = expiry;
  if (ms !== undefined) {
    card.first = Math.min(card.first ?? ms, ms);
    card.last = Math.max(card.last ?? ms, ms);
  }
  if (reference !== '' && !card.references.includes(reference)) card.references.push(reference);
  return 'duplicate';
}
