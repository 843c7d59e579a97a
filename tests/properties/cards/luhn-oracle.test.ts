import luhn from 'luhn';
import { describe, expect, it } from 'vitest';
import { luhnCheckDigit, passesLuhn } from '../../../src/domain/cards/luhn.ts';
import { asciiOf, between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

describe('passesLuhn()', () => {
  it('agrees with the package luhn on 120,000 numbers of 12 to 19 digits', () => {
    const rng = seededRandom(20_200_408);
    let valid = 0;
    const differing: number[] = [];
    for (let round = 0; round < 120_000; round++) {
      const length = between(rng, 12, 19);
      const digits =
        round % 3 === 0
          ? Uint8Array.from({ length }, () => between(rng, 0, 9))
          : cardDigits(rng, { prefix: '', length, valid: round % 3 === 1 });
      const isValid = passesLuhn(digits, 0, length);
      if (isValid) valid++;
      if (isValid !== luhn.validate(asciiOf(digits).toString())) differing.push(round);
    }

    expect(differing).toEqual([]);
    // A third made valid, a tenth of the random third by chance.
    expect(valid).toBeGreaterThan(40_000);
    expect(valid).toBeLessThan(48_000);
  });
});

describe('luhnCheckDigit()', () => {
  it('is the one digit out of ten that passes', () => {
    const rng = seededRandom(1);
    for (let round = 0; round < 2000; round++) {
      const length = between(rng, 12, 19);
      const digits = cardDigits(rng, { prefix: '', length, valid: false });
      const right = luhnCheckDigit(digits, 0, length - 1);
      for (let last = 0; last < 10; last++) {
        digits[length - 1] = last;
        expect(passesLuhn(digits, 0, length)).toBe(last === right);
      }
    }
  });
});
