import { describe, expect, it } from 'vitest';
import { luhnCheckDigit, passesLuhn } from '../../../src/domain/cards/luhn.ts';
import { between, cardDigits, digitsOf, seededRandom } from '../../support/seeded-cards.ts';

describe('passesLuhn()', () => {
  it('accepts published test numbers of 13 to 19 digits', () => {
    for (const number of ['4222222222222', '378282246310005', '6205500000000000004']) {
      expect(passesLuhn(digitsOf(number), 0, number.length)).toBe(true);
    }
  });

  it('reads only the digits it was pointed to', () => {
    const padded = digitsOf('9' + '4111111111111111' + '9');

    expect(passesLuhn(padded, 1, 16)).toBe(true);
    expect(passesLuhn(padded, 0, 16)).toBe(false);
  });

  it('rejects one changed digit, wherever it stands', () => {
    const rng = seededRandom(1);
    for (let length = 12; length <= 19; length++) {
      const digits = cardDigits(rng, { length });
      for (let at = 0; at < length; at++) {
        const changed = Uint8Array.from(digits);
        changed[at] = (changed[at]! + between(rng, 1, 9)) % 10;
        expect(passesLuhn(changed, 0, length)).toBe(false);
      }
    }
  });

  it('rejects fewer than two digits', () => {
    expect(passesLuhn(Uint8Array.of(0), 0, 1)).toBe(false);
    expect(passesLuhn(new Uint8Array(0), 0, 0)).toBe(false);
  });
});

describe('luhnCheckDigit()', () => {
  it('completes digits that stand anywhere in a buffer', () => {
    const rng = seededRandom(2);
    for (let round = 0; round < 200; round++) {
      const length = between(rng, 12, 19);
      const digits = cardDigits(rng, { length });
      const shifted = new Uint8Array(length + 3);
      shifted.set(digits, 3);
      expect(luhnCheckDigit(shifted, 3, length - 1)).toBe(digits[length - 1]);
    }
  });
});
