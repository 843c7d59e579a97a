import { describe, expect, it } from 'vitest';

import { MerchantBook, type MerchantTally } from '../../../src/domain/intake/merchant-book.ts';
import type { Scope } from '../../../src/domain/intake/scope.ts';
import { screenNaively, type NaiveSpec } from '../../support/naive-screening.ts';
import { screenSource, testRouter } from '../../support/screened-source.ts';
import { between, brandSample, seededRandom } from '../../support/seeded-cards.ts';

type Rng = () => number;

const files = 400;

const merchants = [
  { id: 'shop-a', number: '00012345678901' },
  { id: 'shop-b' },
  { id: 'shop-c', number: 'KB-77' },
] as const;
type Id = (typeof merchants)[number]['id'];

/** How a source may write each of them. */
const spellings: Readonly<Record<Id, readonly string[]>> = {
  'shop-a': ['shop-a', '00012345678901', 'きつつき', ' ＳＨＯＰ－Ａ '],
  'shop-b': ['shop-b', 'SHOP-B'],
  'shop-c': ['KB-77', 'kb-77'],
};
const strangers = ['shop-d', '', '99912345678901', 'きつね'];

const day = (date: string): number => Date.parse(`${date}T00:00:00+09:00`);

/** A window of all, one whose times are each merchant's own, and one of a single merchant. */
const windows: Scope['windows'] = [
  {
    ...{ name: 'web', channels: ['web'], listedOnly: false, merchants: ['shop-a', 'shop-c'] },
    ...{ fromMs: day('2020-01-10'), toMs: day('2020-01-20') },
  },
  {
    ...{ name: 'web', channels: ['web'], listedOnly: false, merchants: ['shop-b'] },
    ...{ fromMs: day('2020-01-18'), toMs: day('2020-02-01') },
  },
  {
    ...{ name: 'phone', channels: ['phone'], listedOnly: false },
    ...{ fromMs: day('2020-01-15'), toMs: day('2020-01-25') },
  },
  {
    ...{ name: 'any', listedOnly: false, merchants: ['shop-c'] },
    ...{ fromMs: day('2020-01-01'), toMs: day('2020-01-05') },
  },
];

const scope: Scope = {
  mode: 'live',
  timeZone: 'Asia/Tokyo',
  merchants,
  windows,
  excludedChannels: ['rakuten'],
  acceptHeld: ['date-missing'],
  today: { year: 2020, month: 4 },
};

/** What the incident is to one merchant alone. */
function scopeOf(id: Id): Scope {
  const { merchants: _all, ...rest } = scope;
  return { ...rest, windows: windows.filter((one) => one.merchants?.includes(id) ?? true) };
}

interface Row {
  readonly merchant: Id | undefined;
  readonly cells: readonly string[];
}

const columns = ['注文番号', '注文日時', 'チャネル', '支払方法', 'カード番号', '加盟店'];

describe('MerchantBook', () => {
  it('comes to what each merchant would come to alone, on 400 generated sources', () => {
    const seen = new Set<string>();
    let shared = 0;
    for (let seed = 1; seed <= files; seed += 1) {
      const rng = seededRandom(seed);
      const spec = makeSpec(rng);
      const rows = makeRows(rng);
      const { tally, tallies } = screenMade(rows, spec);
      for (const { id } of merchants) {
        const own = tallies.find(({ merchant }) => merchant === id)!;
        expect({ seed, id, ...countsOf(own) }).toEqual({ seed, id, ...alone(id, rows, spec) });
        for (const reason of Object.keys({ ...own.excluded, ...own.held })) seen.add(reason);
      }
      const strangersRead = tallies.find(({ merchant }) => merchant === '')?.read ?? 0;
      expect(strangersRead).toBe(rows.filter(({ merchant }) => merchant === undefined).length);
      assertAddsUp(tally, tallies);
      shared += sumOf(tallies.map(({ cards }) => cards)) - tally.cards;
    }
    // The comparison is worth nothing for what never occurred.
    expect(shared).toBeGreaterThan(files);
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['not-card', 'same-order', 'excluded-channel', 'unknown-channel', 'outside-window'],
        ...['luhn', 'no-recipient', 'duplicate'],
      ]),
    );
  });
});

type Tally = Pick<MerchantTally, 'read' | 'cards' | 'references' | 'excluded' | 'held'>;

/** Everything but cards and duplicates adds up to the whole; those two do together. */
function assertAddsUp(whole: Tally, tallies: readonly MerchantTally[]): void {
  expect(sumOf(tallies.map(({ read }) => read))).toBe(whole.read);
  expect(sumOf(tallies.map(({ references }) => references))).toBe(whole.references);
  const folded = ({ cards, excluded }: Tally): number => cards + (excluded.duplicate ?? 0);
  expect(sumOf(tallies.map(folded))).toBe(folded(whole));
  const others: Record<string, number> = {};
  for (const { excluded, held } of tallies) {
    for (const [reason, count] of Object.entries({ ...excluded, ...held })) {
      if (reason !== 'duplicate') others[reason] = (others[reason] ?? 0) + count;
    }
  }
  const { duplicate: _folded, ...rest } = { ...whole.excluded, ...whole.held };
  expect(others).toEqual(rest);
}

function countsOf({ read, cards, references, excluded, held }: Tally): object {
  return { read, cards, references, counts: { ...excluded, ...held } };
}

function alone(id: Id, rows: readonly Row[], spec: NaiveSpec): object {
  const own = textOf(rows.filter(({ merchant }) => merchant === id));
  const hasRecipient = (brand: string): boolean => brand !== 'unknown' && brand !== 'jcb';
  const naive = screenNaively(own, spec, scopeOf(id), hasRecipient, () => false);
  const references = new Set([...naive.cards.values()].flatMap((card) => card.references));
  return {
    ...{ read: naive.read, cards: naive.cards.size, references: references.size },
    counts: naive.counts,
  };
}

function screenMade(rows: readonly Row[], spec: NaiveSpec) {
  const book = new MerchantBook(merchants.map(({ id }) => id));
  const { tally } = screenSource(
    textOf(rows),
    {
      kind: spec.kind,
      channel_map: spec.channelMap,
      payment_methods: [...spec.paymentMethods],
      one_row_per_item: spec.oneRowPerItem,
      merchant_map: { きつつき: 'shop-a', きつね: 'shop-z' },
    },
    { scope, router: testRouter(['jcb']), merchants: book },
  );
  return { tally, tallies: book.tallies() };
}

function makeSpec(rng: Rng): NaiveSpec {
  return {
    kind: rng() < 0.8 ? 'orders' : 'recovered',
    delimiter: ',',
    expiryOrder: 'MMYY',
    channelMap: { 本店: 'web' },
    paymentMethods: rng() < 0.5 ? ['card'] : [],
    oneRowPerItem: rng() < 0.5,
  };
}

/** Few cards and few order numbers, so that merchants have them in common. */
function makeRows(rng: Rng): Row[] {
  const pans = Array.from({ length: 6 }, () => brandSample(rng, 'visa').join(''));
  const jcb = brandSample(rng, 'jcb').join('');
  return Array.from({ length: between(rng, 5, 60) }, () => {
    const merchant = rng() < 0.9 ? pick(rng, merchants).id : undefined;
    const pan = rng() < 0.8 ? pick(rng, pans) : pick(rng, [jcb, '4111111111111112', '']);
    return {
      merchant,
      cells: [
        `1${between(rng, 1, 9)}`,
        `2020-01-${String(between(rng, 1, 31)).padStart(2, '0')}`,
        pick(rng, ['web', 'web', '本店', 'phone', 'rakuten', 'fax']),
        pick(rng, ['card', 'card', 'card', 'cash']),
        pan,
        pick(rng, merchant === undefined ? strangers.filter(Boolean) : spellings[merchant]),
      ],
    };
  });
}

function textOf(rows: readonly Row[]): string {
  return [columns, ...rows.map(({ cells }) => cells)]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

function pick<T>(rng: Rng, from: readonly T[]): T {
  return from[between(rng, 0, from.length - 1)]!;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
