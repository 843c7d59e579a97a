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
    expect(detailToAsk([entry(), entry({ ...other, ...elsewhere })], undefined)).toBe('last-four');
    expect(detailToAsk([entry()], '1111')).toBeUndefined();
  });

  it('asks for the shop where shops or incidents have the number, and digits do not tell', () => {
    const shops = [entry(), entry(elsewhere)];
    expect(detailToAsk(shops, undefined)).toBe('shop');
    expect(detailToAsk([entry(), entry({ incident: { id: 'b' } })], undefined)).toBe('shop');
    expect(detailToAsk([entry(), entry({ ...withoutCard, ...elsewhere })], undefined)).toBe('shop');
    expect(detailToAsk(shops, '1111')).toBeUndefined();
    expect(detailToAsk([entry(), entry({ ...elsewhere, lastFour: '' })], '1111')).toBe('shop');
  });
});
