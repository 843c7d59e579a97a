import { describe, expect, it } from 'vitest';

import { isRepeated, numberRun } from '../../../src/domain/responses/answer-numbers.ts';

const run = (...numbers: readonly number[]) =>
  numberRun(numbers.map((number) => ({ number, startsAgain: false })));

describe('numberRun()', () => {
  it('names what is missing between the numbers that came, and not before the first', () => {
    expect(run()).toBeUndefined();
    expect(run(7)).toEqual({ last: 7, missing: [] });
    expect(run(7, 8, 12)).toEqual({ last: 12, missing: [{ from: 9, to: 11 }] });
    expect(run(1, 99_999_999)!.missing).toEqual([{ from: 2, to: 99_999_998 }]);
  });

  it('takes what comes late out of what is missing', () => {
    expect(run(1, 6, 3)!.missing).toEqual([
      { from: 2, to: 2 },
      { from: 4, to: 5 },
    ]);
    expect(run(1, 4, 2, 3)).toEqual({ last: 4, missing: [] });
  });

  it('counts from an answer from which an officer accepted that they count again', () => {
    const again = { number: 1, startsAgain: true };
    const answers = [{ number: 5, startsAgain: false }, { number: 9, startsAgain: false }, again];
    expect(numberRun(answers)).toEqual({ last: 1, missing: [] });
  });
});

describe('isRepeated()', () => {
  it('is so of a number that came, or stands before all that came', () => {
    const found = [6, 7, 8, 9, 10, 13].map((number) => isRepeated(run(7, 8, 11), number));
    expect(found).toEqual([true, true, true, false, false, false]);
    expect(isRepeated(undefined, 0)).toBe(false);
  });
});
