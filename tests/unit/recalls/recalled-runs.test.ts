import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  countRuns,
  eachRun,
  holdsPlace,
  runsOf,
} from '../../../src/domain/recalls/recalled-runs.ts';

describe('runsOf()', () => {
  it('joins places that stand side by side', () => {
    const runs = runsOf([0, 1, 2, 7, 9, 10]);
    expect([...eachRun(runs)]).toEqual([
      [0, 3],
      [7, 1],
      [9, 2],
    ]);
    expect(runs).toHaveLength(24);
  });

  it('holds exactly the places it was made of', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60)), (places) => {
        const ascending = [...places].sort((one, other) => one - other);
        const runs = runsOf(ascending);
        expect(countRuns(runs)).toBe(places.length);
        const held = Array.from({ length: 64 }, (_, at) => at).filter((at) => holdsPlace(runs, at));
        expect(held).toEqual(ascending);
      }),
    );
  });

  it('holds nothing beyond what 32 bits can say', () => {
    const runs = runsOf([4_294_967_290]);
    expect([holdsPlace(runs, 4_294_967_290), holdsPlace(runs, 9_999_999_999)]).toEqual([
      true,
      false,
    ]);
  });
});
