import { describe, expect, it } from 'vitest';
import type { BinRange } from '../../../src/domain/bins/bin-range.ts';
import { BinTable } from '../../../src/domain/bins/bin-table.ts';
import { BinsFault } from '../../../src/domain/bins/errors.ts';
import { between, digitsOf, seededRandom } from '../../support/seeded-cards.ts';

/** Ranges crowded into few prefixes, so that they lie across one another in every way. */
function randomRanges(rng: () => number, count: number): BinRange[] {
  return Array.from({ length: count }, (_, i) => {
    const width = between(rng, 6, 11);
    const beginning = `41111${between(rng, 0, 9)}`;
    const space = 10 ** (width - 6);
    const low = Number(beginning) * space + between(rng, 0, space - 1);
    const high = Math.min(low + between(rng, 0, Math.max(2, space / 4)), 10 ** width - 1);
    return { low: String(low), high: String(high), issuer: `issuer ${i}` };
  });
}

const coversSame = (a: BinRange, b: BinRange) =>
  a.low.length === b.low.length && a.low <= b.high && b.low <= a.high;

/** Drops what would be refused, in the slowest and plainest way. */
function withoutOverlaps(ranges: readonly BinRange[]): BinRange[] {
  const kept: BinRange[] = [];
  for (const range of ranges) if (!kept.some((other) => coversSame(other, range))) kept.push(range);
  return kept;
}

/** The issuer by looking at every range; the widest that fits. */
function slowIssuer(ranges: readonly BinRange[], pan: string): string | undefined {
  let best: BinRange | undefined;
  for (const range of ranges) {
    const own = pan.slice(0, range.low.length);
    if (own.length < range.low.length || own < range.low || own > range.high) continue;
    if (best === undefined || range.low.length > best.low.length) best = range;
  }
  return best?.issuer;
}

/** Beginnings at and beside every border, and some anywhere. */
function probes(rng: () => number, ranges: readonly BinRange[]): string[] {
  const borders = ranges.flatMap(({ low, high }) => {
    const first = Number(low.padEnd(11, '0'));
    const last = Number(high.padEnd(11, '9'));
    return [first - 1, first, last, last + 1];
  });
  const anywhere = Array.from({ length: 200 }, () => between(rng, 41_110_900_000, 41_112_100_000));
  return [...borders, ...anywhere].map((value) => String(value));
}

const tables = Array.from({ length: 60 }, (_, seed) => {
  const rng = seededRandom(seed);
  return { rng, ranges: withoutOverlaps(randomRanges(rng, between(rng, 0, 60))) };
});

describe('BinTable', () => {
  it('agrees with a table read line by line, for whole numbers and for BINs alone', () => {
    const differing: string[] = [];
    for (const { rng, ranges } of tables) {
      const table = BinTable.from(ranges, '2026-11-22');
      for (const beginning of probes(rng, ranges)) {
        for (const pan of [beginning.padEnd(16, '7'), beginning.slice(0, between(rng, 6, 11))]) {
          const index = table.indexOf(digitsOf(pan), pan.length);
          const issuer = index === -1 ? undefined : table.entry(index).issuer;
          if (issuer !== slowIssuer(ranges, pan)) differing.push(beginning);
        }
      }
      expect(table.size).toBe(ranges.length);
    }

    expect(differing).toEqual([]);
  });

  it('refuses exactly the tables in which two ranges of one width overlap', () => {
    for (let seed = 100; seed < 300; seed++) {
      const rng = seededRandom(seed);
      const ranges = randomRanges(rng, between(rng, 2, 8));
      const isClean = withoutOverlaps(ranges).length === ranges.length;
      let code: string | undefined;
      try {
        BinTable.from(ranges, '2026-11-22');
      } catch (fault) {
        if (fault instanceof BinsFault) code = fault.code;
      }
      expect(code).toBe(isClean ? undefined : 'bin-overlap');
    }
  });

  it('has the same digest and indices in whatever order the ranges come', () => {
    for (const { ranges } of tables) {
      const table = BinTable.from(ranges, '2026-11-22');
      const other = BinTable.from([...ranges].reverse(), '2026-11-22');
      expect(other.digest).toBe(table.digest);
      for (let i = 0; i < table.size; i++) expect(other.entry(i)).toEqual(table.entry(i));
    }
  });
});
