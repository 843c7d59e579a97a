// A prepare one record at a time, from the bytes of its sources to the clear files of its batches: csv-parse, strings, a
// Map of cards. Slow and plain on purpose, and knowing nothing of src but what its types say.

import { parse } from 'csv-parse/sync';

import type { PrepareJob } from '../../src/exchange/handoff/card-process.ts';
import { isTestNumber, readMoment, readNumber, readReference } from './expected-fields.ts';
import { groupsOf, issuerOf, recipientFor, type NaiveCard } from './naive-routing.ts';

/** Columns of every source that has columns; the others are of no account. */
const columns = {
  ...{ reference: '注文番号', ordered: '注文日時', channel: 'チャネル', payment: '支払方法' },
  ...{ number: 'カード番号', expiry: '有効期限' },
} as const;

/** A source as the reference reads it: its clear bytes, and what tells how to cut them. */
export interface NaiveSource {
  readonly clear: Uint8Array;
  readonly encoding: string;
  readonly delimiter: string;
  /** One number a line, without a header. */
  readonly isList: boolean;
}

interface Row {
  readonly line: number;
  readonly field: (name: keyof typeof columns) => string;
}

/** What of a prepare can be counted. */
export interface NaiveTally {
  readonly read: number;
  readonly cards: number;
  readonly orders: number;
  readonly references: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
  readonly accepted: Readonly<Record<string, number>>;
}

const heldReasons = [
  ...['unknown-channel', 'date-missing', 'date-unreadable'],
  ...['unknown-brand', 'no-recipient', 'test-number'],
];

type Spec = PrepareJob['sources'][number]['spec'];
type Count = Record<string, number>;

/** Reads the sources of a job in their order. `covered`: `recipient digits` of cards that went out before. */
export class NaivePrepare {
  /** `source line reason`, in the order in which they are found. */
  readonly findings: string[] = [];
  readonly #job: PrepareJob;
  readonly #cards = new Map<string, NaiveCard>();
  readonly #references = new Set<string>();
  readonly #reasons: Count = {};
  readonly #warnings: [digits: string, warning: string][] = [];
  readonly #accepted: Count = {};
  #read = 0;
  #orders = 0;

  constructor(job: PrepareJob, sources: readonly NaiveSource[], covered: ReadonlySet<string>) {
    this.#job = job;
    for (const [number, source] of sources.entries()) this.#addSource(number, source);
    for (const { digits, recipient } of this.#byRecipient()) {
      const card = this.#cards.get(digits)!;
      if (!covered.has(`${recipient} ${digits}`)) continue;
      this.#find(card.place, 'already-handed-off');
      this.#cards.delete(digits);
    }
  }

  /** Digits with their recipients, in the order in which they came. */
  get cards(): readonly NaiveCard[] {
    return [...this.#cards.values()];
  }

  get tally(): NaiveTally {
    const counts = Object.entries(this.#reasons);
    const isHeld = ([reason]: [string, number]): boolean => heldReasons.includes(reason);
    return {
      ...{ read: this.#read, cards: this.#cards.size, orders: this.#orders },
      references: this.#references.size,
      excluded: Object.fromEntries(counts.filter((count) => !isHeld(count))),
      held: Object.fromEntries(counts.filter(isHeld)),
      ...{ warnings: this.#warningsOf(), accepted: this.#accepted },
    };
  }

  /** Of cards that are sent alone. */
  #warningsOf(): Count {
    const counts: Count = {};
    for (const [digits, warning] of this.#warnings) {
      if (this.#cards.has(digits)) bump(counts, warning);
    }
    return counts;
  }

  /** Groups of every batch. */
  get batches(): ReturnType<typeof groupsOf> {
    return groupsOf(this.#job.recipients, this.cards);
  }

  #byRecipient(): NaiveCard[] {
    const order = this.#job.recipients.map(({ id }) => id);
    return this.cards.toSorted((a, b) => order.indexOf(a.recipient) - order.indexOf(b.recipient));
  }

  #addSource(number: number, source: NaiveSource): void {
    const { spec } = this.#job.sources[number]!;
    const firstNumbers = new Map<string, string>();
    const before = this.#references.size;
    for (const row of rowsOf(source)) {
      this.#read++;
      const place = `${number} ${row.line}`;
      const relied: string[] = [];
      const judged = this.#judge(row, spec, firstNumbers, relied);
      const reason = typeof judged === 'string' ? judged : this.#fold(row, spec, place, judged);
      if (typeof judged !== 'string') for (const id of relied) bump(this.#accepted, id);
      if (reason !== undefined) this.#find(place, reason);
    }
    const hasKeys = !source.isList && (spec.order_key !== undefined || spec.one_row_per_item);
    this.#orders += hasKeys ? firstNumbers.size : this.#references.size - before;
  }

  #find(place: string, reason: string): void {
    this.findings.push(`${place} ${reason}`);
    bump(this.#reasons, reason);
  }

  /** The reason the record stops at, or what it is of. */
  #judge(row: Row, spec: Spec, firstNumbers: Map<string, string>, relied: string[]) {
    if (!isCardPayment(row, spec)) {
      return isSilentItem(row, spec, firstNumbers) ? 'same-order' : 'not-card';
    }
    if (isFurtherRow(row, firstNumbers) && spec.one_row_per_item) return 'same-order';
    const reason = spec.kind === 'orders' ? this.#exposureReason(row, spec, relied) : undefined;
    if (reason !== undefined) return reason;
    const found = readNumber(row.field('number'), (digits) => issuerOf(digits).brand);
    if (typeof found === 'string') return found;
    const recipient = recipientFor(this.#job.routes, found);
    if (recipient === undefined) {
      return found.brand === 'unknown' ? 'unknown-brand' : 'no-recipient';
    }
    if (this.#job.mode === 'live' && isTestNumber(found.digits)) {
      if (!this.#isAccepted('test-number')) return 'test-number';
      relied.push('test-number');
    }
    return { ...found, recipient };
  }

  #isAccepted(reason: string): boolean {
    return this.#job.acceptHeld.includes(reason);
  }

  #exposureReason(row: Row, spec: Spec, relied: string[]): string | undefined {
    const { windows, excludedChannels } = this.#job.incident;
    const forOrders = windows.filter(({ listedOnly }) => !listedOnly);
    const channel = channelOf(row, spec);
    if (excludedChannels.includes(channel)) return 'excluded-channel';
    const isNamed = windows.some(({ channels }) => channels?.includes(channel));
    const isOpen = forOrders.some(({ channels }) => channels === undefined);
    const isUnknown = channel === '' || (!isNamed && !isOpen);
    if (isUnknown) {
      if (!this.#isAccepted('unknown-channel')) return 'unknown-channel';
      relied.push('unknown-channel');
    }
    const moment = readMoment(row.field('ordered'));
    if (typeof moment === 'string') {
      if (!this.#isAccepted(`date-${moment}`)) return `date-${moment}`;
      relied.push(`date-${moment}`);
      return undefined;
    }
    const isInside = forOrders.some(
      ({ channels, fromMs, toMs }) =>
        (isUnknown || channels === undefined || channels.includes(channel)) &&
        moment.from < toMs &&
        moment.to > fromMs,
    );
    return isInside ? undefined : 'outside-window';
  }

  /** Puts the record into its card; answers `duplicate` where the card is known. */
  #fold(
    row: Row,
    spec: Spec,
    place: string,
    { digits, brand, isUnchecked, recipient }: Judged,
  ): string | undefined {
    const known = this.#cards.get(digits);
    const moment = readMoment(row.field('ordered'));
    const seen = typeof moment === 'string' ? Number.NaN : moment.from;
    const expiry = this.#expiryOf(row, spec, digits);
    if (isUnchecked) this.#warnings.push([digits, 'luhn']);
    const reference = this.#referenceOf(row, digits);
    if (known === undefined) {
      const { issuer, country } = issuerOf(digits);
      this.#cards.set(digits, {
        ...{ digits, brand, recipient, issuer, country, expiry, place, reference },
        ...{ firstSeen: seen, lastSeen: seen },
      });
      return undefined;
    }
    known.reference ??= reference;
    if (expiry !== 0 && known.expiry !== 0 && expiry !== known.expiry) {
      this.#warnings.push([digits, 'expiry-differs']);
    }
    const isEarlier =
      seen < known.lastSeen || (Number.isNaN(seen) && !Number.isNaN(known.lastSeen));
    if (expiry !== 0 && (known.expiry === 0 || !isEarlier)) known.expiry = expiry;
    if (!Number.isNaN(seen)) {
      known.firstSeen = Number.isNaN(known.firstSeen) ? seen : Math.min(seen, known.firstSeen);
      known.lastSeen = Number.isNaN(known.lastSeen) ? seen : Math.max(seen, known.lastSeen);
    }
    return 'duplicate';
  }

  /** Year × 100 + month; 0 for none. */
  #expiryOf(row: Row, spec: Spec, digits: string): number {
    const text = row.field('expiry').normalize('NFKC').trim();
    const expiry = text === '' ? 0 : readExpiry(text, spec.expiry_format);
    if (expiry === 0)
      this.#warnings.push([digits, text === '' ? 'expiry-missing' : 'expiry-unreadable']);
    const month = Number(new Date(this.#job.createdAt).toISOString().slice(0, 7).replace('-', ''));
    if (expiry !== 0 && expiry < month) this.#warnings.push([digits, 'expired']);
    return expiry;
  }

  #referenceOf(row: Row, digits: string): string | undefined {
    const { text, isWithheld } = readReference(row.field('reference'));
    if (isWithheld) this.#warnings.push([digits, 'reference-withheld']);
    if (isWithheld || text === '') return undefined;
    this.#references.add(text);
    return text;
  }
}

interface Judged {
  readonly digits: string;
  readonly brand: string;
  readonly isUnchecked: boolean;
  readonly recipient: string;
}

function bump(counts: Count, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Records with the line each starts on; rows without content are none. */
function rowsOf({ clear, encoding, delimiter, isList }: NaiveSource): Row[] {
  const text = new TextDecoder(encoding).decode(clear);
  const options = {
    ...{ delimiter, raw: true, relax_column_count: true },
    record_delimiter: ['\r\n', '\n', '\r'],
    // Quotes of a plain list belong to the number.
    ...(isList ? { quote: null } : {}),
  };
  const parsed = parse(text, options) as unknown as { raw: string; record: string[] }[];
  const names = isList ? [columns.number] : undefined;
  let header: readonly string[] | undefined = names;
  let next = 1;
  return parsed.flatMap(({ raw, record }) => {
    const line = next;
    next += raw.split(/\r\n|\r|\n/u).length - 1;
    if (record.every((cell) => /^ *$/u.test(cell))) return [];
    if (header === undefined) {
      header = record.map((name) => name.trim());
      return [];
    }
    const places = header;
    return [{ line, field: (name) => record[places.indexOf(columns[name])] ?? '' }];
  });
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

function isCardPayment(
  row: Row,
  { payment_methods: methods, payment_match: match }: Spec,
): boolean {
  const text = fold(row.field('payment'));
  const isMethod = (method: string): boolean =>
    match === 'substring' ? text.includes(fold(method)) : text === fold(method);
  return methods.length === 0 || methods.some(isMethod);
}

function isFurtherRow(row: Row, firstNumbers: Map<string, string>): boolean {
  const key = row.field('reference').replace(/^ +| +$/gu, '');
  if (key === '') return false;
  const number = row.field('number');
  const first = firstNumbers.get(key);
  if (first === undefined) firstNumbers.set(key, number);
  return first !== undefined && (number === '' || number === first);
}

/** A further row of an order paid by card that leaves out the payment method. */
function isSilentItem(row: Row, spec: Spec, firstNumbers: ReadonlyMap<string, string>): boolean {
  const key = row.field('reference').replace(/^ +| +$/gu, '');
  const first = key === '' ? undefined : firstNumbers.get(key);
  const number = row.field('number');
  const isItem = first !== undefined && (number === '' || number === first);
  return spec.one_row_per_item && isItem && row.field('payment') === '';
}

function channelOf(row: Row, { channel_map: words }: Spec): string {
  const own = fold(row.field('channel'));
  return fold(Object.entries(words).find(([word]) => fold(word) === own)?.[1] ?? own);
}

/** Two pairs of digits stand as the spec says; a year of four digits tells itself. */
function readExpiry(text: string, format: string): number {
  const long = /^(?<year>(?:19|20)\d\d)[-/]?(?<month>\d\d?)$/u.exec(text)?.groups;
  const pair = /^(?<one>\d\d)[-/]?(?<two>\d\d)$/u.exec(text)?.groups;
  const [month, year] = format.startsWith('M')
    ? [pair?.['one'], pair?.['two']]
    : [pair?.['two'], pair?.['one']];
  const found = pair
    ? { month, year: `20${year}` }
    : { month: long?.['month'], year: long?.['year'] };
  const isMonth = Number(found.month) >= 1 && Number(found.month) <= 12;
  return isMonth ? Number(found.year) * 100 + Number(found.month) : 0;
}
