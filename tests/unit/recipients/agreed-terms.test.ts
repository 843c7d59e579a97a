import { describe, expect, it } from 'vitest';

import { dueAtBy } from '../../../src/domain/recipients/agreed-terms.ts';
import type { AgreedTerms } from '../../../src/domain/recipients/agreed-terms.ts';

const due = (terms: AgreedTerms | undefined, from: string): string | undefined =>
  dueAtBy(terms, new Date(from))?.toISOString();
const days = (count: number, of: 'administrative' | 'bank' = 'bank'): AgreedTerms => ({
  within_days: { count, of },
});

describe('dueAtBy()', () => {
  it('is nothing without terms', () => {
    expect(due(undefined, '2026-11-24T03:00:00Z')).toBeUndefined();
    expect(due({}, '2026-11-24T03:00:00Z')).toBeUndefined();
  });

  it('counts hours as they pass, over days off too', () => {
    expect(due({ within_hours: 72 }, '2026-11-20T03:00:00Z')).toBe('2026-11-23T03:00:00.000Z');
  });

  it.each([
    ['from a working day', '2026-11-24T03:00:00Z', '2026-11-25T15:00:00.000Z'],
    ['over a weekend and a holiday', '2026-11-20T03:00:00Z', '2026-11-24T15:00:00.000Z'],
    ['from a day off', '2026-11-22T03:00:00Z', '2026-11-24T15:00:00.000Z'],
    ['by the day in Tokyo, not that of UTC', '2026-11-24T15:30:00Z', '2026-11-26T15:00:00.000Z'],
  ])('ends with the first working day after the file was there: %s', (_what, from, end) => {
    expect(due(days(1), from)).toBe(end);
  });

  it('knows days on which banks work and ministries do not', () => {
    const from = '2026-12-28T03:00:00Z';
    expect(due(days(1, 'bank'), from)).toBe('2026-12-29T15:00:00.000Z');
    expect(due(days(1, 'administrative'), from)).toBe('2027-01-04T15:00:00.000Z');
  });

  it.each([
    ['before that time of the day', '2026-11-24T03:00:00Z', '2026-11-25T06:00:00.000Z'],
    ['after that time of the day', '2026-11-24T09:00:00Z', '2026-11-25T06:00:00.000Z'],
    ['over a weekend and a holiday', '2026-11-20T03:00:00Z', '2026-11-24T06:00:00.000Z'],
    ['from the last minute of a day in Tokyo', '2026-11-24T14:59:00Z', '2026-11-25T06:00:00.000Z'],
    ['from the first of the next', '2026-11-24T15:00:00Z', '2026-11-26T06:00:00.000Z'],
  ])('ends at a cut-off of that day: %s', (_what, from, end) => {
    expect(due({ within_days: { count: 1, of: 'bank', cut_off: '15:00' } }, from)).toBe(end);
  });

  it('ends with the table of holidays rather than count on as if there were none', () => {
    expect(due(days(5), '2027-12-30T03:00:00Z')).toBe('2027-12-31T15:00:00.000Z');
    expect(due(days(5), '2028-03-01T03:00:00Z')).toBe('2028-03-01T03:00:00.000Z');
  });
});
