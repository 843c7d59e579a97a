import { describe, expect, it } from 'vitest';
import { prefixesByBrand } from '../../../src/domain/cards/brand-ranges.ts';
import { brandTableDigest } from '../../../src/domain/cards/brand-table-digest.ts';
import {
  brandIndexById,
  brandIndexOf,
  brands,
  isBrandLength,
} from '../../../src/domain/cards/brands.ts';
import { brandSample, digitsOf, sampleBrands, seededRandom } from '../../support/seeded-cards.ts';

const brandOf = (beginning: string) => {
  const digits = digitsOf(beginning.padEnd(16, '5'));
  return brands[brandIndexOf(digits, digits.length)]!.id;
};

describe('brandIndexOf()', () => {
  it.each(sampleBrands)('knows %s by its numbers', (id) => {
    const rng = seededRandom(5);
    for (let round = 0; round < 50; round++) {
      const digits = brandSample(rng, id);
      expect(brands[brandIndexOf(digits, digits.length)]!.id).toBe(id);
      expect(isBrandLength(brandIndexOf(digits, digits.length), digits.length)).toBe(true);
    }
  });

  it.each([
    ['2220', 'unknown'],
    ['2221', 'mastercard'],
    ['2720', 'mastercard'],
    ['2721', 'unknown'],
    ['3527', 'unknown'],
    ['3528', 'jcb'],
    ['3589', 'jcb'],
    ['3590', 'unknown'],
    ['306', 'unknown'],
    ['309', 'diners-club'],
  ])('draws the border at %s: %s', (beginning, id) => {
    expect(brandOf(beginning)).toBe(id);
  });

  it.each(['68', '69', '61', '6280', '6060'])('does not call %s Maestro', (beginning) => {
    expect(brandOf(beginning)).not.toBe('maestro');
  });

  it.each([
    ['622125', 'unionpay'],
    ['622126', 'unionpay'],
    ['622925', 'unionpay'],
    ['6011', 'discover'],
    ['627780', 'elo'],
    ['504175', 'elo'],
    ['506100', 'verve'],
    ['5085', 'rupay'],
    ['810', 'unionpay'],
    ['8110', 'unionpay'],
    ['8180', 'rupay'],
    ['60628', 'rupay'],
    ['606282', 'hipercard'],
    ['402918', 'naranja'],
    ['401178', 'elo'],
    ['650923', 'troy'],
    ['65083704', 'troy'],
    ['65083705', 'discover'],
    ['63737423', 'hiper'],
    ['63737424', 'maestro'],
  ])('lets the longest prefix win: %s is %s', (beginning, id) => {
    expect(brandOf(beginning)).toBe(id);
  });

  it.each(['0', '1', '1800', '2131', '2014', '2149', '7', '9', '99'])(
    'knows no brand for %s',
    (beginning) => {
      expect(brandOf(beginning)).toBe('unknown');
    },
  );

  it('knows no brand for fewer than eight digits', () => {
    expect(brandIndexOf(digitsOf('4111111'), 7)).toBe(0);
    expect(brandIndexOf(digitsOf('41111111'), 8)).toBe(brandIndexById('visa'));
  });
});

describe('brands', () => {
  it('have unique ids, the unknown one first', () => {
    expect(brands[0]!.id).toBe('unknown');
    expect(new Set(brands.map(({ id }) => id)).size).toBe(brands.length);
  });

  it('demand the check digit but of UnionPay and the unknown', () => {
    const lenient = brands.filter(({ luhn }) => luhn !== 'required').map(({ id }) => id);

    expect(lenient).toEqual(['unknown', 'unionpay']);
  });

  it('have prefixes of 1 to 6 or of 8 digits, each for a brand in the list', () => {
    for (const [id, prefixes] of Object.entries(prefixesByBrand)) {
      expect(brandIndexById(id)).toBeGreaterThan(0);
      for (const text of prefixes) expect(text).toMatch(/^(\d{1,6}|\d{8})(-\d+)?$/);
    }
    expect(Object.keys(prefixesByBrand)).toHaveLength(brands.length - 1);
  });
});

describe('brandIndexById()', () => {
  it('finds every brand', () => {
    expect(brands.map(({ id }) => brandIndexById(id))).toEqual([...brands.keys()]);
  });

  it.each(['', 'Visa', 'amex', 'constructor'])('answers unknown for %j', (id) => {
    expect(brandIndexById(id)).toBe(0);
  });
});

describe('isBrandLength()', () => {
  it.each([
    ['visa', 13, true],
    ['visa', 15, false],
    ['american-express', 15, true],
    ['american-express', 16, false],
    ['diners-club', 14, true],
    ['jcb', 15, false],
    ['maestro', 12, true],
    ['unionpay', 19, true],
    ['unionpay', 20, false],
    ['unknown', 12, false],
    ['unknown', 13, true],
    ['unknown', 19, true],
    ['unknown', 45, false],
  ])('%s with %i digits: %s', (id, length, expected) => {
    expect(isBrandLength(brandIndexById(id), length)).toBe(expected);
  });
});

describe('brandTableDigest', () => {
  it('is a SHA-256 in hexadecimal', () => {
    expect(brandTableDigest).toMatch(/^[0-9a-f]{64}$/);
  });
});
