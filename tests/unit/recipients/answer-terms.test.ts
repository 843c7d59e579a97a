import { describe, expect, it } from 'vitest';

import { answerDueAt } from '../../../src/domain/recipients/answer-terms.ts';
import type { AnswerTerms } from '../../../src/domain/recipients/answer-terms.ts';

const due = (terms: AnswerTerms | undefined, from: string): string | undefined =>
  answerDueAt(terms, new Date(from))?.toISOString();
const days = (count: number, of: 'administrative' | 'bank' = 'bank'): AnswerTerms => ({
  within_days: { count, of },
});

describe('answerDueAt()', () => {
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

  it('ends with the table of holidays rather than count on as if there were none', () => {
    expect(due(days(5), '2027-12-30T03:00:00Z')).toBe('2027-12-31T15:00:00.000Z');
    expect(due(days(5), '2028-03-01T03:00:00Z')).toBe('2028-03-01T03:00:00.000Z');
  });
});
