import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bytesIn, isWholeFile, joinRanges } from '../../../src/domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../../src/domain/pickup/byte-ranges.ts';

const SIZE = 60;
const range = fc.tuple(fc.nat(SIZE), fc.nat(SIZE)) as fc.Arbitrary<ByteRange>;

describe('joinRanges()', () => {
  it('covers exactly the bytes that were in one of them, whatever came first', () => {
    fc.assert(
      fc.property(fc.array(range), fc.array(range), (known, more) => {
        const bytes = new Set<number>();
        for (const [from, to] of [...known, ...more]) {
          for (let at = from; at < to; at += 1) bytes.add(at);
        }
        const joined = joinRanges(joinRanges([], known), more);
        expect(bytesIn(joined)).toBe(bytes.size);
        expect(isWholeFile(joined, SIZE)).toBe(bytes.size === SIZE);
      }),
    );
  });

  it('forgets the shortest of too many, and never adds', () => {
    const gaps = Array.from({ length: 400 }, (_, at): ByteRange => [at * 10, at * 10 + 1]);
    const joined = joinRanges(gaps, [[5_000, 6_000]]);
    expect(joined).toHaveLength(256);
    expect(joined).toContainEqual([5_000, 6_000]);
  });

  it('counts nothing for empty, reversed and negative ranges', () => {
    expect(
      joinRanges(
        [],
        [
          [5, 5],
          [7, 3],
          [-4, 2],
        ],
      ),
    ).toEqual([]);
  });
});

describe('isWholeFile()', () => {
  it('refuses a file whose first, last or middle byte is missing', () => {
    expect(isWholeFile([[1, 10]], 10)).toBe(false);
    expect(isWholeFile([[0, 9]], 10)).toBe(false);
    expect(isWholeFile(joinRanges([[0, 4]], [[5, 10]]), 10)).toBe(false);
    expect(isWholeFile([], 10)).toBe(false);
  });
});
