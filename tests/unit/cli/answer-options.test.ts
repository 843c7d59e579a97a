import { describe, expect, it } from 'vitest';

import { answersOf } from '../../../src/doors/cli/acts/answer-options.ts';

const within = (answerWithin: string, known?: Parameters<typeof answersOf>[1]): unknown =>
  answersOf({ answerWithin }, known, []).answers;
const format = 'card-answer';

describe('answersOf()', () => {
  it.each([
    ['72', { within_hours: 72 }],
    ['3-bank-days', { within_days: { count: 3, of: 'bank' } }],
    ['10-administrative-days', { within_days: { count: 10, of: 'administrative' } }],
    ['none', {}],
  ])('reads the term %s, which takes the place of the one before', (term, terms) => {
    const known = { format, within_hours: 5 };
    expect(within(term, known)).toEqual({ format, ...terms });
  });

  it.each(['', '0', '-3', '3.5', '3 bank days', '0-bank-days', '3-days', '3-BANK-days', '72h'])(
    'refuses the term "%s"',
    (term) => {
      expect(() => within(term)).toThrow(
        expect.objectContaining({
          code: 'usage',
          facts: expect.objectContaining({ option: '--answer-within' }) as unknown,
        }),
      );
    },
  );

  it('leaves terms as they were where they are not named', () => {
    const known = { format, within_days: { count: 3, of: 'bank' } } as const;
    expect(answersOf({ answerFormat: 'line-codes' }, known, []).answers).toEqual({
      ...known,
      format: 'line-codes',
    });
  });
});
