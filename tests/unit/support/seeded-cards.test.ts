import { describe, expect, it } from 'vitest';
import { passesLuhn } from '../../../src/domain/cards/luhn.ts';
import { asciiOf, brandSample, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

describe('seededRandom()', () => {
  it('gives the same numbers for the same seed, others for another, all in [0, 1)', () => {
    const draw = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));

    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1).every((value) => value >= 0 && value < 1)).toBe(true);
  });
});

describe('cardDigits()', () => {
  it('makes right and wrong check digits as wished', () => {
    const rng = seededRandom(1);
    for (let length = 12; length <= 19; length++) {
      expect(passesLuhn(cardDigits(rng, { length }), 0, length)).toBe(true);
      expect(passesLuhn(cardDigits(rng, { length, valid: false }), 0, length)).toBe(false);
    }
  });

  it('begins with the prefix, and refuses one that fills the number', () => {
    expect(asciiOf(cardDigits(seededRandom(1), { prefix: '3528' })).toString()).toMatch(/^3528/);
    expect(() => cardDigits(seededRandom(1), { prefix: '4111', length: 4 })).toThrow(RangeError);
  });
});

describe('brandSample()', () => {
  it('refuses a brand it has no prefixes for', () => {
    expect(() => brandSample(seededRandom(1), 'unknown')).toThrow(RangeError);
  });
});
