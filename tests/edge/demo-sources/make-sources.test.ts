import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';

import { brandIndexOf } from '../../../src/domain/cards/brands.ts';
import type { SourceSpecEntry } from '../../../src/domain/intake/source-spec.ts';
import { makeSources } from '../../../src/edge/demo-sources/make-sources.ts';
import { plannedOrders, plannedRecovered } from '../../../src/edge/demo-sources/order-kinds.ts';
import { encodeShiftJis } from '../../../src/edge/demo-sources/shift-jis.ts';
import { plainScope, screenSource, type Routing } from '../../support/screened-source.ts';

const config = join(import.meta.dirname, '../../../config/demo');
const specOf = (name: string) =>
  parseToml(readFileSync(join(config, name), 'utf8')) as unknown as SourceSpecEntry;

/** The windows of config/incidents/shop-a.toml. */
const scope = {
  ...plainScope,
  mode: 'drill' as const,
  windows: [
    {
      name: 'web',
      channels: ['web'],
      fromMs: Date.parse('2019-12-16T00:00:00+09:00'),
      toMs: Date.parse('2020-04-09T00:00:00+09:00'),
      listedOnly: false,
    },
    {
      name: 'orders',
      channels: ['subscription', 'phone', 'mail', 'fax'],
      fromMs: Date.parse('2010-08-20T00:00:00+09:00'),
      toMs: Date.parse('2020-04-09T00:00:00+09:00'),
      listedOnly: true,
    },
  ],
  excludedChannels: ['rakuten', 'yahoo', 'amazon'],
};

/** A default recipient: every brand that is known goes there. */
function router(): Routing {
  return {
    brandIndex: 0,
    binIndex: -1,
    classify(this: { -readonly [K in keyof Routing]: Routing[K] }, digits, length): void {
      this.brandIndex = brandIndexOf(digits, length);
    },
    recipientOf: (_bin, brand) => (brand === 0 ? -1 : 0),
  };
}

describe('makeSources()', () => {
  it.each([1, 2, 20_200_408])('makes from seed %i what was planned, and nothing else', (seed) => {
    const { orders, recovered } = makeSources(seed);
    const options = { scope, router: router() };

    const { tally } = screenSource(orders, specOf('orders.toml'), options);
    expect({ card: tally.cards, ...tally.excluded, ...tally.held }).toEqual(plannedOrders);
    expect(tally).toMatchObject({ read: 5_000, encoding: 'shift_jis' });

    const listed = screenSource(recovered, specOf('recovered.toml'), options);
    // By itself: which of its cards are web orders too shows only beside the export.
    expect(listed.tally).toMatchObject({
      read: 214,
      cards: plannedRecovered.card + 20,
      excluded: { duplicate: 1, luhn: plannedRecovered.luhn },
      held: {},
    });
  });

  it('makes the same bytes of the same seed, and others of another', () => {
    const [one, same, other] = [7, 7, 8].map((seed) => makeSources(seed));
    expect(Buffer.from(one!.orders).equals(same!.orders)).toBe(true);
    expect(Buffer.from(one!.recovered).equals(same!.recovered)).toBe(true);
    expect(Buffer.from(one!.orders).equals(other!.orders)).toBe(false);
  });

  it('writes numbers in full-width digits, with hyphens and spaces, and in quotes', () => {
    const text = new TextDecoder('shift_jis', { fatal: true }).decode(makeSources(3).orders);
    for (const spelling of [/[０-９]{16}/, /\d{4}-\d{4}-\d{4}-\d{4}/, /\d{4} \d{4} /, /"\d{16}"/]) {
      expect(text).toMatch(spelling);
    }
    expect(text).toMatch(/[０-９]{4}－[０-９]{4}/);
    expect(text).toMatch(/\*{12}\d{4}/);
    expect(text).toMatch(/\d\.\d{5}E\+15/);
  });
});

describe('encodeShiftJis()', () => {
  it('writes what the decoder of the platform reads', () => {
    const text = 'ASCII, 全角０１２、ソ表能①～－ヴ';
    const bytes = Uint8Array.from(encodeShiftJis(text));
    expect(new TextDecoder('shift_jis', { fatal: true }).decode(bytes)).toBe(text);
  });

  it('refuses a character that Shift_JIS does not have', () => {
    expect(() => encodeShiftJis('€')).toThrow(RangeError);
  });
});
