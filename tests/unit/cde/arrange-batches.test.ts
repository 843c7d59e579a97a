import { Writable } from 'node:stream';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { arrangeBatches } from '../../../src/cde/arrange-batches.ts';
import type { Arrangement } from '../../../src/cde/arrange-batches.ts';
import { EarlierCards } from '../../../src/cde/earlier-cards.ts';
import { batchTask, emitPages } from '../../../src/cde/emit-pages.ts';
import { hashPages } from '../../../src/cde/hash-index.ts';
import { decodeDocument, frameKind, readFrames } from '../../../src/cde/frames.ts';
import { Outbound, splitRows } from '../../../src/cde/outbound.ts';
import { IncidentRouter } from '../../../src/cde/route-cards.ts';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { brandIndexById, brandIndexOf, brands } from '../../../src/domain/cards/brands.ts';
import { KEYED_HASH_BYTES } from '../../../src/domain/cards/keyed-hash.ts';
import { packPan } from '../../../src/domain/cards/packed-pan.ts';
import { renderTruncated } from '../../../src/domain/cards/truncation.ts';
import {
  CARD_PAGE_ROWS,
  CARD_ROW_BYTES,
  compareHashes,
  HASH_PAGE_ROWS,
  HASH_ROW_BYTES,
  readCardRow,
} from '../../../src/domain/handoff/card-page.ts';
import { compileRoutes, routeFor } from '../../../src/domain/incident/routes.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import type { RoutedRecipient } from '../../../src/exchange/handoff/card-process.ts';
import { allOf } from '../../support/all-of.ts';
import { hashesOf, hashPage } from '../../support/card-pages.ts';
import { chunked } from '../../support/chunks.ts';
import { brandSample, cardDigits, sampleBrands, seededRandom } from '../../support/seeded-cards.ts';

const bins = BinTable.from(
  [
    { low: '400000', high: '400099', brand: 'visa', issuer: 'Bank B', country: 'JP' },
    { low: '400100', high: '400199', brand: 'visa', issuer: 'Bank A', country: 'JP' },
    { low: '510000', high: '510099', brand: 'mastercard', issuer: 'Bank A', country: 'JP' },
    { low: '510100', high: '510199', brand: 'mastercard', issuer: 'Bank A', country: 'US' },
  ],
  '2026-01-01',
);
const prefixes = ['400000', '400100', '510000', '510100', '400500', '370000'];

function recipient(
  id: string,
  layout: RoutedRecipient['layout'],
  cardsMax?: number,
): RoutedRecipient {
  return { id, layout, profile: { max_cards: cardsMax } } as RoutedRecipient;
}

interface MadeCard {
  readonly prefix: string;
  readonly recipient: number;
  readonly isOut: boolean;
}

/** Cards in a table, and what is known about each. */
function tableOf(made: readonly MadeCard[]): { cards: CardTable; numbers: string[] } {
  const cards = new CardTable();
  const rng = seededRandom(7);
  const packed = new Uint8Array(10);
  const numbers = made.map(({ prefix, recipient: place }, at) => {
    // The place makes each number a different one.
    const digits = cardDigits(rng, { prefix: `${prefix}${String(at).padStart(6, '0')}` });
    packPan(digits, digits.length, packed, 0);
    const card = cards.add(packed);
    cards.bin[card] = bins.indexOf(digits, digits.length);
    cards.brand[card] = brandIndexOf(digits, digits.length);
    cards.recipient[card] = place;
    cards.expiry[card] = at + 1;
    cards.references[card] = at;
    return digits.join('');
  });
  return { cards, numbers };
}

const madeCards = (max: number): fc.Arbitrary<MadeCard[]> =>
  fc.array(
    fc.record({
      prefix: fc.constantFrom(...prefixes),
      recipient: fc.integer({ min: 0, max: 2 }),
      isOut: fc.boolean(),
    }),
    { maxLength: max },
  );

const issuerOf = (prefix: string): [string, string, string] => {
  const index = bins.indexOf(Uint8Array.from(prefix, Number), 6);
  const entry = index < 0 ? undefined : bins.entry(index);
  const brand = brands[brandIndexOf(Uint8Array.from(`${prefix}00`, Number), 8)]!.id;
  return [entry?.issuer ?? '', brand, entry?.country ?? ''];
};

/** What the arrangement has to be, made slowly: sort by recipient, then issuer (unknown last), then input order. */
function naiveOrder(made: readonly MadeCard[]): number[] {
  const key = (card: number): string => {
    const [issuer, brand, country] = issuerOf(made[card]!.prefix);
    return [made[card]!.recipient, issuer === '' ? '\uffff' : issuer, brand, country].join('\0');
  };
  const out = made.flatMap(({ isOut }, card) => (isOut ? [card] : []));
  return out.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
}

const three = [
  recipient('psp', 'per-recipient'),
  recipient('amex', 'per-issuer'),
  recipient('bank', 'per-recipient'),
];

function arranged(
  made: readonly MadeCard[],
  recipients = three,
): { cards: CardTable; arrangement: Arrangement } {
  const { cards } = tableOf(made);
  const isOut = (card: number): boolean => made[card]!.isOut;
  return { cards, arrangement: arrangeBatches(cards, bins, recipients, isOut) };
}

/** Of each place of the order, the issuer that its run names. */
function groupPerCard({ batches }: Arrangement): string[] {
  return batches.flatMap(({ groups }) =>
    groups.flatMap(({ group, start, end }) =>
      Array.from({ length: end - start }, () => `${group.issuer} ${group.brand} ${group.country}`),
    ),
  );
}

describe('arrangeBatches()', () => {
  it('equals a plain sort by recipient, issuer, brand, country and input order', () => {
    fc.assert(
      fc.property(madeCards(60), (made) => {
        expect([...arranged(made).arrangement.order]).toEqual(naiveOrder(made));
      }),
    );
  });

  it('cuts the order into batches and groups without gap or overlap', () => {
    fc.assert(
      fc.property(madeCards(60), (made) => {
        const { batches, order } = arranged(made).arrangement;
        let at = 0;
        for (const batch of batches) {
          expect(batch.start).toBe(at);
          for (const run of batch.groups) {
            expect(run.start).toBe(at);
            expect(run.end).toBeGreaterThan(run.start);
            for (; at < run.end; at += 1) {
              const card = made[order[at]!]!;
              expect(card.recipient).toBe(batch.recipient);
              const { issuer, brand, country } = run.group;
              expect([issuer, brand, country]).toEqual(issuerOf(card.prefix));
            }
          }
          expect(batch.end).toBe(at);
        }
        expect(at).toBe(order.length);
      }),
    );
  });

  it('makes one batch for a recipient, or one for each of its issuers', () => {
    const made = prefixes.flatMap((prefix) =>
      [0, 1].map((place) => ({ prefix, recipient: place, isOut: true })),
    );
    const { batches } = arranged(made).arrangement;
    const issuers = batches.map(({ recipient: place, groups }) => [
      place,
      [...new Set(groups.map(({ group }) => group.issuer))],
    ]);
    expect(issuers).toEqual([
      [0, ['Bank A', 'Bank B', '']],
      [1, ['Bank A']],
      [1, ['Bank B']],
      [1, ['']],
    ]);
  });

  it('cuts what is more than a file of the profile may hold: all full but the last', () => {
    fc.assert(
      fc.property(madeCards(60), fc.integer({ min: 1, max: 9 }), (made, cardsMax) => {
        const whole = arranged(made).arrangement;
        const limited = three.map(({ id, layout }) => recipient(id, layout, cardsMax));
        const cut = arranged(made, limited).arrangement;
        const expected = whole.batches.flatMap(({ recipient: of, start, end }) =>
          Array.from({ length: Math.ceil((end - start) / cardsMax) }, (_file, number) => ({
            ...{ recipient: of, start: start + number * cardsMax },
            end: Math.min(end, start + (number + 1) * cardsMax),
          })),
        );
        expect(cut.order).toEqual(whole.order);
        expect(cut.batches.map(({ groups: _groups, ...file }) => file)).toEqual(expected);
        expect(groupPerCard(cut)).toEqual(groupPerCard(whole));
      }),
    );
  });

  it('makes no batch without cards', () => {
    expect(arranged([]).arrangement.batches).toEqual([]);
    const none = arranged([{ prefix: '400000', recipient: 0, isOut: false }]).arrangement;
    expect(none.batches).toEqual([]);
    expect(none.order).toHaveLength(0);
  });
});

describe('emitPages()', () => {
  /** Pages of a batch, the first unless said otherwise, taken apart. */
  async function pagesOf(made: readonly MadeCard[], place = 0) {
    const { cards, arrangement } = arranged(made);
    const hashes = hashesOf(made.map((_, at) => at + 1));
    const parts: Buffer[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _, done) => {
        parts.push(Buffer.from(chunk));
        done();
      },
    });
    const batch = arrangement.batches[place];
    const task = batchTask(cards, hashes, arrangement, batch!, 'b-1');
    await emitPages(new Outbound(stream), task);
    const frames = await allOf(readFrames(chunked(Buffer.concat(parts), 60_000)));
    const split = frames.map(({ kind, payload }) => ({ kind, ...splitRows(payload) }));
    const order = [...arrangement.order.subarray(batch!.start, batch!.end)];
    return { split, order, groups: batch!.groups };
  }

  it('gives every card of the batch once, in its order, with what was known of it', async () => {
    const made = Array.from({ length: CARD_PAGE_ROWS + 50 }, (_, at) => ({
      ...{ prefix: prefixes[at % prefixes.length]!, recipient: 0, isOut: at % 7 !== 0 },
    }));
    const { split, order, groups } = await pagesOf([...made, ...made.slice(0, 900)]);
    const { numbers } = tableOf([...made, ...made.slice(0, 900)]);
    const pages = split.filter(({ kind }) => kind === frameKind.cardPage);
    expect(pages.map(({ head }) => decodeDocument(head))).toEqual([
      { batch: 'b-1', number: 0, first: 0 },
      { batch: 'b-1', number: 1, first: CARD_PAGE_ROWS },
    ]);
    const rows = Buffer.concat(pages.map((page) => page.rows));
    expect(rows.length).toBe(order.length * CARD_ROW_BYTES);
    const starts = groups.map(({ start }) => start - groups[0]!.start);
    order.forEach((card, at) => {
      const row = readCardRow(rows, at);
      const number = numbers[card]!;
      const shown = `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`;
      expect(renderTruncated(rows, row.truncatedAt)).toBe(shown);
      expect(row).toMatchObject({ expiry: card + 1, references: card });
      expect(row.issuerIndex).toBe(starts.findLastIndex((start) => start <= at));
    });
  });

  it('gives the cards of a later batch, with their places and issuers in it', async () => {
    const made = Array.from({ length: 600 }, (_, at) => ({
      ...{ prefix: prefixes[at % prefixes.length]!, recipient: at % 3 === 0 ? 1 : 0, isOut: true },
    }));
    const { split, order, groups } = await pagesOf(made, 1);
    expect(order).toHaveLength(100);
    expect(groups[0]!.start).toBe(400);
    const [page, index] = split;
    const starts = groups.map(({ start }) => start - groups[0]!.start);
    order.forEach((card, at) => {
      const row = readCardRow(page!.rows, at);
      expect(row).toMatchObject({ expiry: card + 1, references: card });
      expect(row.issuerIndex).toBe(starts.findLastIndex((start) => start <= at));
    });
    expect(index!.rows).toEqual(hashPage(order.map((card) => card + 1)));
  });

  it('gives the hash index sorted and complete, as a plain sort makes it', async () => {
    await fc.assert(
      fc.asyncProperty(madeCards(80), async (made) => {
        const all = [...made, { prefix: '400000', recipient: 0, isOut: true }];
        const { split, order } = await pagesOf(all.map((card) => ({ ...card, recipient: 0 })));
        const index = split.find(({ kind }) => kind === frameKind.hashPages)!;
        expect(index.rows).toEqual(hashPage(order.map((card) => card + 1)));
      }),
    );
  });

  it('sends the hash index in runs of whole pages, each sorted and behind the one before', async () => {
    // As many as a page of cards has bytes for.
    const runRows = 7 * HASH_PAGE_ROWS;
    for (const count of [HASH_PAGE_ROWS + 1, runRows, 2 * runRows + 1]) {
      const made = Array.from({ length: count }, () => ({
        ...{ prefix: '400000', recipient: 0, isOut: true },
      }));
      const { split, order } = await pagesOf(made);
      const pages = split.filter(({ kind }) => kind === frameKind.hashPages);
      const whole = Math.floor(count / runRows);
      const rest = count % runRows;
      expect(pages.map(({ rows }) => rows.length / HASH_ROW_BYTES)).toEqual([
        ...Array.from({ length: whole }, () => runRows),
        ...(rest === 0 ? [] : [rest]),
      ]);
      const index = Buffer.concat(pages.map(({ rows }) => rows));
      expect(Buffer.compare(index, hashPage(order.map((card) => card + 1)))).toBe(0);
    }
  });

  it('puts hashes in order that begin alike', async () => {
    const made = Array.from({ length: 300 }, () => ({
      ...{ prefix: '400000', recipient: 0, isOut: true },
    }));
    const { order } = await pagesOf(made);
    const hashes = new Uint8Array(300 * KEYED_HASH_BYTES);
    for (let card = 0; card < 300; card += 1) {
      hashes[card * KEYED_HASH_BYTES] = card % 2;
      hashes[card * KEYED_HASH_BYTES + 11] = (card * 7) % 251;
    }
    const [rows] = [...hashPages(hashes, Int32Array.from(order))];
    for (let row = 1; row < 300; row += 1) {
      const at = row * HASH_ROW_BYTES;
      expect(compareHashes(rows!, at - HASH_ROW_BYTES, rows!, at)).toBeLessThanOrEqual(0);
    }
  });

  it('holds no whole card number', async () => {
    const made = Array.from({ length: 50 }, (_, at) => ({
      ...{ prefix: prefixes[at % prefixes.length]!, recipient: 0, isOut: true },
    }));
    const { numbers } = tableOf(made);
    const { split } = await pagesOf(made);
    const bytes = Buffer.concat(split.map((page) => page.rows));
    for (const number of numbers) {
      expect(bytes.includes(Buffer.from(number))).toBe(false);
      expect(bytes.includes(Buffer.from(number, 'hex'))).toBe(false);
    }
  });
});

describe('EarlierCards', () => {
  it('agrees with a set, batch by batch', () => {
    const card = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(card), { maxLength: 5 }), (batches) => {
        const known = new EarlierCards(
          batches.map((cards, at) => ({
            ...{ batch: `b-${at}`, recipient: 'psp', rows: hashPage(cards) },
          })),
        );
        for (let number = 1; number <= 200; number += 1) {
          const owner = known.find(hashesOf([0, number]), KEYED_HASH_BYTES);
          expect(owner).toBe(batches.findIndex((cards) => cards.includes(number)));
        }
      }),
    );
  });

  it('finds nothing where there is nothing', () => {
    expect(new EarlierCards([]).find(hashesOf([1]), 0)).toBe(-1);
    const empty = { batch: 'b', recipient: 'psp', rows: new Uint8Array(0) };
    expect(new EarlierCards([empty]).find(hashesOf([1]), 0)).toBe(-1);
  });

  it('tells apart hashes that differ in their last byte only', () => {
    const rows = new Uint8Array(HASH_ROW_BYTES * 2);
    rows[KEYED_HASH_BYTES - 1] = 1;
    rows[HASH_ROW_BYTES + KEYED_HASH_BYTES - 1] = 2;
    const known = new EarlierCards([{ batch: 'b', recipient: 'psp', rows }]);
    const asked = new Uint8Array(KEYED_HASH_BYTES);
    for (const [last, owner] of [
      [1, 0],
      [2, 0],
      [0, -1],
      [3, -1],
    ] as const) {
      asked[KEYED_HASH_BYTES - 1] = last;
      expect(known.find(asked, 0)).toBe(owner);
    }
  });

  it('ends its search in a table where all hashes begin alike', () => {
    const rows = new Uint8Array(HASH_ROW_BYTES * 500);
    for (let at = 0; at < 500; at += 1) {
      new DataView(rows.buffer).setUint32(at * HASH_ROW_BYTES + 8, at);
    }
    const known = new EarlierCards([{ batch: 'b', recipient: 'psp', rows }]);
    expect(known.find(rows, 499 * HASH_ROW_BYTES)).toBe(0);
    expect(known.find(new Uint8Array(KEYED_HASH_BYTES).fill(9), 0)).toBe(-1);
  });
});

describe('IncidentRouter', () => {
  const recipients = [recipient('psp', 'per-recipient'), recipient('amex', 'per-recipient')];
  const routes = {
    routes: [
      { issuer: 'Bank A', country: 'US', recipient: 'amex' },
      { brand: 'american-express', recipient: 'amex' },
      { issuer: 'unknown', brand: 'jcb', recipient: 'amex' },
    ],
    default_recipient: 'psp',
  };

  it('answers as the routes themselves do, however often it is asked', () => {
    const router = new IncidentRouter(bins, routes, recipients);
    const ask = compileRoutes(
      routes,
      recipients.map(({ id }) => ({ id, state: 'enabled' as const })),
    );
    const rng = seededRandom(11);
    const all = [
      ...prefixes.map((prefix) => () => cardDigits(rng, { prefix })),
      ...sampleBrands.map((brand) => () => brandSample(rng, brand)),
      () => cardDigits(rng, { prefix: '9' }),
    ];
    for (let round = 0; round < 3_000; round += 1) {
      const digits = all[round % all.length]!();
      router.classify(digits, digits.length);
      const bin = bins.indexOf(digits, digits.length);
      const entry = bin < 0 ? undefined : bins.entry(bin);
      const stated = entry?.brandIndex ?? 0;
      const brand = stated === 0 ? brandIndexOf(digits, digits.length) : stated;
      const routes = ask(brands[brand]!.id, entry?.issuer ?? '', entry?.country ?? '');
      const match = routeFor(routes);
      const place = recipients.findIndex(({ id }) => id === match?.recipient);
      expect([router.binIndex, router.brandIndex]).toEqual([bin, brand]);
      expect(router.recipientOf(bin, brand)).toBe(place);
    }
  });

  it('believes the brand that the issuer table states', () => {
    const stated = BinTable.from(
      [{ low: '400000', high: '400000', brand: 'jcb', issuer: 'Odd', country: 'JP' }],
      '2026-01-01',
    );
    const router = new IncidentRouter(stated, { routes: [], default_recipient: 'psp' }, recipients);
    router.classify(cardDigits(seededRandom(1), { prefix: '400000' }), 16);
    expect(router.brandIndex).toBe(brandIndexById('jcb'));
  });

  it('has no recipient where no route leads, and none for an unknown brand', () => {
    const router = new IncidentRouter(bins, { routes: [] }, recipients);
    router.classify(cardDigits(seededRandom(1), { prefix: '400000' }), 16);
    expect(router.recipientOf(router.binIndex, router.brandIndex)).toBe(-1);
    const withDefault = new IncidentRouter(
      bins,
      { routes: [], default_recipient: 'psp' },
      recipients,
    );
    withDefault.classify(cardDigits(seededRandom(1), { prefix: '99' }), 16);
    expect(withDefault.recipientOf(withDefault.binIndex, withDefault.brandIndex)).toBe(-1);
  });
});
