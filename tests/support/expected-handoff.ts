// What a prepare must come to, counted a second time with strings, maps and csv-parse. Knows nothing of src.

import {
  isTestNumber,
  readExpiry,
  readMoment,
  readNumber,
  readReference,
} from './expected-fields.ts';
import { recordsOf } from './expected-records.ts';
import type { ExpectedSource, Row } from './expected-records.ts';
import {
  channelMap,
  excludedChannels,
  issuerTable,
  recipientOfBrand,
  windows,
} from './shop-incident.ts';

export interface ExpectedCard {
  readonly digits: string;
  readonly recipient: string;
  readonly issuer: string;
  readonly brand: string;
  readonly country: string;
  /** Year × 100 + month; 0 where no row had one. */
  expiry: number;
  firstSeen: number;
  lastSeen: number;
  readonly references: Set<string>;
  /** Moment of the row that `expiry` is from. */
  expirySeen: number;
}

export interface Finding {
  readonly source: number;
  readonly line: number;
  readonly reason: string;
}

export interface ExpectedHandoff {
  readonly read: number;
  readonly cards: number;
  readonly orders: number;
  readonly references: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** Cards of each recipient in the order of its file. */
  readonly files: Readonly<Record<string, readonly ExpectedCard[]>>;
}

export interface Expecting {
  readonly mode?: 'drill' | 'live';
  /** Held reasons that a person accepted. */
  readonly accepted?: readonly string[];
  /** Digits that an earlier handoff covers. */
  readonly covered?: ReadonlySet<string>;
  readonly recipientOfBrand?: Readonly<Record<string, string>>;
}

const heldReasons = [
  ...['unknown-channel', 'date-missing', 'date-unreadable'],
  ...['unknown-brand', 'no-recipient', 'test-number'],
];

/** Counts what the sources come to for the incident of shop-incident.ts. */
export function expectHandoff(
  sources: readonly ExpectedSource[],
  expecting: Expecting = {},
): ExpectedHandoff {
  const counting = new Counting(expecting);
  for (const [number, source] of sources.entries()) counting.addSource(number, source);
  return counting.result();
}

class Counting {
  readonly #expecting: Expecting;
  readonly #cards = new Map<string, ExpectedCard>();
  readonly #firstRow = new Map<string, Finding>();
  readonly #findings: Finding[] = [];
  readonly #warnings: [digits: string, warning: string][] = [];
  readonly #references = new Set<string>();
  #read = 0;
  #orders = 0;

  constructor(expecting: Expecting) {
    this.#expecting = expecting;
  }

  addSource(number: number, source: ExpectedSource): void {
    const firstNumbers = new Map<string, string>();
    for (const { row, line } of recordsOf(source)) {
      this.#read++;
      const verdict = this.#judge(row, source.kind, firstNumbers);
      const place = { source: number, line };
      const reason = typeof verdict === 'string' ? verdict : this.#fold(verdict, row, place);
      if (reason !== undefined) this.#findings.push({ ...place, reason });
    }
    this.#orders += firstNumbers.size;
  }

  result(): ExpectedHandoff {
    const { covered = new Set() } = this.#expecting;
    const findings = [...this.#findings];
    const going = [...this.#cards.values()].filter(({ digits }) => !covered.has(digits));
    for (const digits of this.#cards.keys()) {
      if (covered.has(digits)) {
        findings.push({ ...this.#firstRow.get(digits)!, reason: 'already-handed-off' });
      }
    }
    findings.sort((a, b) => a.source - b.source || a.line - b.line);
    const counts = countBy(findings.map(({ reason }) => reason));
    const isHeld = ([reason]: [string, number]): boolean => heldReasons.includes(reason);
    const entries = Object.entries(counts);
    return {
      read: this.#read,
      cards: going.length,
      orders: this.#orders,
      references: this.#references.size,
      excluded: Object.fromEntries(entries.filter((entry) => !isHeld(entry))),
      held: Object.fromEntries(entries.filter(isHeld)),
      // What stays out because it went before is not warned of.
      warnings: countBy(
        this.#warnings.filter(([digits]) => !covered.has(digits)).map(([, warning]) => warning),
      ),
      findings,
      files: filesOf(going),
    };
  }

  /** The reason the record stops at, or its number. */
  #judge(row: Row, kind: string, firstNumbers: Map<string, string>): string | Judged {
    const accepts = (reason: string): boolean =>
      this.#expecting.accepted?.includes(reason) === true;
    const moment = readMoment(row['ordered'] ?? '');
    const seen = typeof moment === 'string' ? Number.NaN : moment.from;
    if (kind === 'orders') {
      if (!(row['payment'] ?? '').normalize('NFKC').includes('クレジット')) return 'not-card';
      if (isFurtherRow(row, firstNumbers)) return 'same-order';
      const channel = channelOf(row['channel'] ?? '');
      if (channel === 'excluded') return 'excluded-channel';
      if (channel === 'unknown' && !accepts('unknown-channel')) return 'unknown-channel';
      if (typeof moment === 'string') {
        if (!accepts(`date-${moment}`)) return `date-${moment}`;
      } else if (!matchesWindow(channel, moment)) return 'outside-window';
    }
    return this.#judgeNumber(row, seen, accepts('test-number'));
  }

  #judgeNumber(row: Row, seen: number, isTestAccepted: boolean): string | Judged {
    const found = readNumber(row['number'] ?? '', (digits) => issuerOf(digits).brand);
    if (typeof found === 'string') return found;
    const { digits, brand, isUnchecked } = found;
    const recipient = (this.#expecting.recipientOfBrand ?? recipientOfBrand)[brand];
    if (recipient === undefined) return brand === 'unknown' ? 'unknown-brand' : 'no-recipient';
    const isTest = this.#expecting.mode !== 'drill' && isTestNumber(digits);
    return isTest && !isTestAccepted
      ? 'test-number'
      : { digits, brand, isUnchecked, recipient, seen };
  }

  /** Puts the record into its card; answers `duplicate` where the card is known. */
  #fold(judged: Judged, row: Row, place: Omit<Finding, 'reason'>): string | undefined {
    const { digits, brand, recipient, seen } = judged;
    const known = this.#cards.get(digits);
    const { issuer, country } = issuerOf(digits);
    const card = known ?? {
      ...{ digits, brand, recipient, issuer, country, expiry: 0, references: new Set<string>() },
      ...{ firstSeen: seen, lastSeen: seen, expirySeen: Number.NaN },
    };
    if (known === undefined) {
      this.#cards.set(digits, card);
      this.#firstRow.set(digits, { ...place, reason: '' });
    }
    this.#noteExpiry(card, row, seen, known !== undefined);
    if (!(seen >= card.firstSeen)) card.firstSeen = Number.isNaN(seen) ? card.firstSeen : seen;
    if (!(seen <= card.lastSeen)) card.lastSeen = Number.isNaN(seen) ? card.lastSeen : seen;
    if (judged.isUnchecked) this.#warn(card, 'luhn');
    const { text, isWithheld } = readReference(row['reference'] ?? '');
    if (isWithheld) this.#warn(card, 'reference-withheld');
    else if (text !== '') {
      card.references.add(text);
      this.#references.add(text);
    }
    return known === undefined ? undefined : 'duplicate';
  }

  /** A card keeps the expiry of its latest row that has one. */
  #noteExpiry(card: ExpectedCard, row: Row, seen: number, isKnown: boolean): void {
    const expiry = readExpiry(row['expiry'] ?? '');
    if (typeof expiry === 'string') {
      this.#warn(card, `expiry-${expiry}`);
      return;
    }
    const now = new Date();
    if (expiry < now.getUTCFullYear() * 100 + now.getUTCMonth() + 1) this.#warn(card, 'expired');
    if (isKnown && card.expiry !== 0 && card.expiry !== expiry) this.#warn(card, 'expiry-differs');
    if (card.expiry === 0 || !(seen < card.expirySeen)) {
      card.expiry = expiry;
      card.expirySeen = seen;
    }
  }

  #warn({ digits }: ExpectedCard, warning: string): void {
    this.#warnings.push([digits, warning]);
  }
}

interface Judged {
  readonly digits: string;
  readonly brand: string;
  readonly isUnchecked: boolean;
  readonly recipient: string;
  readonly seen: number;
}

function isFurtherRow(row: Row, firstNumbers: Map<string, string>): boolean {
  const key = (row['reference'] ?? '').trim();
  const number = row['number'] ?? '';
  if (key === '') return false;
  const first = firstNumbers.get(key);
  if (first === undefined) firstNumbers.set(key, number);
  return first !== undefined && (number === '' || number === first);
}

function channelOf(text: string): string {
  const fold = (word: string): string => word.normalize('NFKC').trim().toLowerCase();
  const own = Object.entries(channelMap).find(([word]) => fold(word) === fold(text));
  const name = own?.[1] ?? fold(text);
  if (excludedChannels.includes(name)) return 'excluded';
  return windows.some(({ channels }) => (channels as readonly string[]).includes(name))
    ? name
    : 'unknown';
}

function matchesWindow(channel: string, moment: { from: number; to: number }): boolean {
  return windows.some(
    ({ channels, from, to, listedOnly }) =>
      !listedOnly &&
      (channel === 'unknown' || (channels as readonly string[]).includes(channel)) &&
      moment.from < to &&
      moment.to > from,
  );
}

const brandIds: Readonly<Record<string, string>> = {
  ...{ VISA: 'visa', Mastercard: 'mastercard', JCB: 'jcb', 'American Express': 'american-express' },
  ...{ 'Diners Club': 'diners-club', UnionPay: 'unionpay' },
};

/** The range with the most digits wins; an unknown issuer has no name. */
function issuerOf(digits: string): { issuer: string; brand: string; country: string } {
  const found = issuerTable
    .filter(([low, high]) => {
      const start = digits.slice(0, low.length);
      return start >= low && start <= high;
    })
    .sort((a, b) => b[0].length - a[0].length)[0];
  return found === undefined
    ? { issuer: '', brand: '', country: '' }
    : { issuer: found[3], brand: brandIds[found[2]] ?? '', country: found[4] };
}

/** By issuer, unknown ones last; then as they came. */
function filesOf(cards: readonly ExpectedCard[]): Record<string, ExpectedCard[]> {
  const files: Record<string, ExpectedCard[]> = {};
  for (const card of cards) (files[card.recipient] ??= []).push(card);
  const key = ({ issuer, brand, country }: ExpectedCard): string =>
    `${issuer === '' ? '1' : '0'}${issuer}\0${brand}\0${country}`;
  for (const file of Object.values(files)) {
    file.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  }
  return files;
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
