import { describe, expect, it } from 'vitest';

import { detailToAsk } from '../../../src/domain/lookup/detail-to-ask.ts';
import type { FittingEntry } from '../../../src/domain/lookup/detail-to-ask.ts';

const entry = (changes: Partial<FittingEntry> = {}): FittingEntry => ({
  ...{ incident: { id: 'a' }, merchant: 'm', brandIndex: 1, lastFour: '1111', reason: undefined },
  ...changes,
});
const other = { lastFour: '2222' };
const elsewhere = { merchant: 'n' };
const withoutCard = { brandIndex: 0, lastFour: '', reason: 'luhn' };

describe('detailToAsk()', () => {
  it('asks nothing where one card, or one record, of one shop fits', () => {
    expect(detailToAsk([], undefined)).toBeUndefined();
    expect(detailToAsk([entry()], undefined)).toBeUndefined();
    expect(detailToAsk([entry(withoutCard)], undefined)).toBeUndefined();
    expect(detailToAsk([entry(), entry(withoutCard)], undefined)).toBeUndefined();
  });

  it('asks for the digits where cards end differently, until they were said', () => {
    expect(detailToAsk([entry(), entry(other)], undefined)).toBe('last-four');
    expect(detailToAsk([entry(), entry({ brandIndex: 2 })], undefined)).toBe('last-four');
    expect(detailToAsk([entry(), entry({ lastFour: '' })], undefined)).toBe('last-four');
    expect(detailToAsk([entry()], '1111')).toBeUndefined();
    expect(detailToAsk([entry(), entry(other)], '1111')).toBeUndefined();
  });

  it('asks for the shop where shops or incidents have the number, whatever digits were said', () => {
    const another = { incident: { id: 'b' } };
    for (const said of [undefined, '1111', '2222']) {
      for (const changes of [{}, other, { lastFour: '' }, withoutCard]) {
        expect(detailToAsk([entry(), entry({ ...elsewhere, ...changes })], said)).toBe('shop');
        expect(detailToAsk([entry(), entry({ ...another, ...changes })], said)).toBe('shop');
      }
    }
  });
});
