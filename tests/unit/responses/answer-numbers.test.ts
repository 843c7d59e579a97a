import { describe, expect, it } from 'vitest';

import {
  isRepeated,
  missingNumbers,
  numberRun,
} from '../../../src/domain/responses/answer-numbers.ts';

const run = (...numbers: readonly number[]) =>
  numberRun(numbers.map((number) => ({ number, startsAgain: false })));

describe('numberRun()', () => {
  it('names what is missing between the numbers that came, and not before the first', () => {
    expect(run()).toBeUndefined();
    expect(run(7)).toEqual({ first: 7, last: 7, missing: [] });
    expect(run(7, 8, 12)).toEqual({ first: 7, last: 12, missing: [{ from: 9, to: 11 }] });
    expect(run(1, 99_999_999)!.missing).toEqual([{ from: 2, to: 99_999_998 }]);
  });

  it('takes what comes late out of what is missing', () => {
    expect(run(1, 6, 3)!.missing).toEqual([
      { from: 2, to: 2 },
      { from: 4, to: 5 },
    ]);
    expect(run(1, 4, 2, 3)).toEqual({ first: 1, last: 4, missing: [] });
  });

  it('takes one before all that came for the first, and names what is missing behind it', () => {
    expect(run(17, 16)).toEqual({ first: 16, last: 17, missing: [] });
    expect(run(17, 19, 14, 15)).toEqual({
      ...{ first: 14, last: 19 },
      missing: [
        { from: 16, to: 16 },
        { from: 18, to: 18 },
      ],
    });
  });

  it('counts from an answer from which an officer accepted that they count again', () => {
    const again = { number: 1, startsAgain: true };
    const answers = [{ number: 5, startsAgain: false }, { number: 9, startsAgain: false }, again];
    expect(numberRun(answers)).toEqual({ first: 1, last: 1, missing: [] });
  });
});

describe('missingNumbers()', () => {
  const missing = (countedFrom: number | undefined, ...numbers: readonly number[]) => {
    const answers = numbers.map((number) => ({ number, startsAgain: false }));
    return missingNumbers(answers, countedFrom).map(({ from, to }) => [from, to]);
  };

  it('tells those between, and from the number on from which they are counted, none below it', () => {
    expect(missing(undefined, 3, 5, 9)).toEqual([
      [4, 4],
      [6, 8],
    ]);
    expect(missing(0, 3, 5)).toEqual([
      [0, 2],
      [4, 4],
    ]);
    expect(missing(3, 3, 5)).toEqual([[4, 4]]);
    expect(missing(7, 3, 5, 9)).toEqual([[7, 8]]);
    expect(missing(9, 3, 5, 9)).toEqual([]);
    expect(missing(20, 3, 5)).toEqual([]);
    expect(missing(1)).toEqual([]);
  });
});

describe('isRepeated()', () => {
  it('is so of a number that came, and of none before all that came', () => {
    const found = [6, 7, 8, 9, 10, 11, 13].map((number) => isRepeated(run(7, 8, 11), number));
    expect(found).toEqual([false, true, true, false, false, true, false]);
    expect([16, 17].map((number) => isRepeated(run(17, 16), number))).toEqual([true, true]);
    expect(isRepeated(undefined, 0)).toBe(false);
  });
});
