import { describe, expect, it } from 'vitest';

import { mustAskDigits } from '../../../src/domain/lookup/digits-to-ask.ts';

const card = (lastFour: string, brandIndex = 1) => ({ brandIndex, lastFour });

describe('mustAskDigits()', () => {
  it.each([
    ['no card', [], undefined],
    ['one card', [card('1111')], undefined],
    ['one card whose digits nobody knows', [card('')], undefined],
    ['one card of several incidents', [card('1111'), card('1111')], undefined],
    ['what is left once they were said', [card('1111'), card('')], '1111'],
  ])('is false for %s', (_, cards, said) => {
    expect(mustAskDigits(cards, said)).toBe(false);
  });

  it.each([
    ['cards that end differently', [card('1111'), card('0005')], undefined],
    ['cards of two brands', [card('1111'), card('1111', 2)], undefined],
    ['several whose digits nobody knows', [card('', 0), card('', 0)], undefined],
    ['these, whatever the caller says', [card('', 0), card('', 0)], '1111'],
  ])('is true for %s', (_, cards, said) => {
    expect(mustAskDigits(cards, said)).toBe(true);
  });
});
