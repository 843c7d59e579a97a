import { describe, expect, it } from 'vitest';

import {
  assertMayAsk,
  QUESTION_SPAN_MS,
  QUESTIONS_MAX,
} from '../../../src/domain/lookup/question-rate.ts';

const from = Date.UTC(2020, 3, 10, 9);
const asked = (count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + at * 1_000);
const refusal = (times: readonly number[]): unknown => {
  try {
    assertMayAsk(times);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('assertMayAsk()', () => {
  it('lets the last question of the hour through', () => {
    expect(refusal([])).toBeUndefined();
    expect(refusal(asked(QUESTIONS_MAX - 1))).toBeUndefined();
  });

  it.each([0, 1, 40])('refuses with %i more, and says when the next one is answered', (more) => {
    expect(refusal(asked(QUESTIONS_MAX + more))).toMatchObject({
      ...{ code: 'lookup-too-many', retry: 'later' },
      facts: {
        limit: QUESTIONS_MAX,
        until: new Date(from + more * 1_000 + QUESTION_SPAN_MS).toISOString(),
      },
    });
  });
});
