import { describe, expect, it } from 'vitest';
import { prefixesByBrand } from '../../../src/domain/cards/brand-ranges.ts';
import { brandIndexById, brandIndexOf } from '../../../src/domain/cards/brands.ts';
import { between, digitsOf, seededRandom } from '../../support/seeded-cards.ts';

interface Claim {
  readonly low: string;
  readonly high: string;
  readonly owner: number;
}

const claims: readonly Claim[] = Object.entries(prefixesByBrand).flatMap(([id, prefixes]) =>
  prefixes.map((text) => {
    const [low = '', high = low] = text.split('-');
    return { low, high, owner: brandIndexById(id) };
  }),
);

const claimsOn = (beginning: string) =>
  claims.filter(({ low, high }) => {
    const own = beginning.slice(0, low.length);
    return own.length === low.length && low <= own && own <= high;
  });

/** The brand by plain reading of the list: of the prefixes that fit, the longest. */
const slowBrandOf = (beginning: string) =>
  claimsOn(beginning).reduce<Claim | undefined>(
    (best, claim) => (best === undefined || claim.low.length > best.low.length ? claim : best),
    undefined,
  )?.owner ?? 0;

const fastBrandOf = (beginning: string) => brandIndexOf(digitsOf(beginning.padEnd(16, '9')), 16);

describe('brandIndexOf()', () => {
  it('agrees with the list read plainly, on every beginning of six digits', () => {
    // Beginnings of four digits that no longer prefix divides need one look at the list, not a hundred.
    const divided = new Set(claims.filter(({ low }) => low.length > 4).flatMap(fourDigitsOf));
    const differing: string[] = [];
    for (let four = 0; four < 10_000; four++) {
      const beginning = String(four).padStart(4, '0');
      const whole = divided.has(beginning) ? undefined : slowBrandOf(beginning);
      for (let two = 0; two < 100; two++) {
        const six = beginning + String(two).padStart(2, '0');
        if (fastBrandOf(six) !== (whole ?? slowBrandOf(`${six}99`))) differing.push(six);
      }
    }

    expect(differing).toEqual([]);
  });

  it('agrees with it on beginnings of eight digits, those next to a border above all', () => {
    const rng = seededRandom(3);
    const eights = claims.flatMap(({ low, high }) => {
      const [first, last] = [Number(low.padEnd(8, '0')), Number(high.padEnd(8, '9'))];
      return [first - 1, first, last, last + 1, between(rng, first, last)];
    });
    for (let round = 0; round < 20_000; round++) eights.push(between(rng, 0, 99_999_999));
    const texts = eights
      .filter((value) => value >= 0 && value < 100_000_000)
      .map((value) => String(value).padStart(8, '0'));

    expect(texts.filter((text) => fastBrandOf(text) !== slowBrandOf(text))).toEqual([]);
  });
});

describe('prefixesByBrand', () => {
  it('gives no prefix of one length to two brands, or twice to one', () => {
    const sorted = [...claims].sort((a, b) => a.low.length - b.low.length || cmp(a.low, b.low));
    const clashing = sorted.filter((claim, i) => {
      const before = sorted[i - 1];
      return before?.low.length === claim.low.length && before.high >= claim.low;
    });

    expect(clashing).toEqual([]);
  });
});

function fourDigitsOf({ low, high }: Claim): string[] {
  const [first, last] = [Number(low.slice(0, 4)), Number(high.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(4, '0'));
}

function cmp(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
