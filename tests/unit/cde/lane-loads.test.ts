import { describe, expect, it } from 'vitest';

import { LaneLoads } from '../../../src/cde/lane-loads.ts';

describe('LaneLoads', () => {
  it.each([
    ['the large file first', [1_700, 300], [0, 1]],
    ['the small file first', [300, 1_700], [0, 0]],
    ['files of one size', [500, 500, 500, 500, 500], [0, 0, 0, 0, 1]],
  ])('keeps a large file from the thread that makes pages: %s', (_, files, lanes) => {
    const loads = new LaneLoads(2);
    loads.page(2_000);
    expect(files.map((cards) => loads.seal(cards))).toEqual(lanes);
  });

  it('gives one thread everything where there are no others', () => {
    const loads = new LaneLoads(1);
    loads.page(10);
    expect([loads.seal(5), loads.seal(5)]).toEqual([0, 0]);
  });

  it('shares files out evenly where no pages are made', () => {
    const loads = new LaneLoads(3);
    expect([4, 4, 4, 4, 4, 4].map((cards) => loads.seal(cards))).toEqual([0, 1, 2, 0, 1, 2]);
  });
});
