import { describe, expect, it } from 'vitest';

import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { encodeReview } from '../../../src/domain/handoff/review.ts';
import type { Review } from '../../../src/domain/handoff/review.ts';

const review: Review = {
  type: 'mimamori/review/v1',
  salt: '0'.repeat(32),
  handoff: 'h-1',
  incident: 'shop-a-2020',
  mode: 'drill',
  read: 10,
  cards: 3,
  orders: 9,
  references: 8,
  excluded: { luhn: 5 },
  held: { 'no-recipient': 2 },
  warnings: {},
  batches: [
    {
      batch: 'b-1',
      recipient: 'psp',
      cards: 3,
      issuers: [
        {
          ...{ issuer: 'みどりの銀行', brand: 'visa', country: 'JP', cards: 3 },
          sample: ['411111******1111'],
        },
      ],
    },
  ],
};

describe('encodeReview()', () => {
  it('gives the same bytes whatever the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(review).toReversed()) as unknown as Review;
    expect(encodeReview(reversed)).toEqual(encodeReview(review));
    const text = new TextDecoder().decode(encodeReview(review));
    expect(JSON.parse(text)).toEqual(review);
    expect(text).toContain('みどりの銀行');
  });

  it.each([
    ['count', { cards: 4 }],
    ['salt', { salt: '1'.repeat(32) }],
    ['held reason', { held: {} }],
    ['batch', { batches: [] }],
    ['mode', { mode: 'live' }],
  ])('tells reviews of another %s apart', (_, change) => {
    const other = { ...review, ...change } as Review;
    expect(digestOf(encodeReview(other))).not.toBe(digestOf(encodeReview(review)));
  });

  it('refuses an absent member rather than leave it out', () => {
    const absent = { ...review, cards: undefined } as unknown as Review;
    expect(() => encodeReview(absent)).toThrow();
  });
});
