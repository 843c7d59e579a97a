import { describe, expect, it } from 'vitest';

import { encodeBundle } from '../../../src/domain/tlog/entry-bundle.ts';
import { tilePath, tilesOf } from '../../../src/domain/tlog/tiles.ts';

const at = (index: number, width = 256): string => tilePath({ level: 0, index, width });

describe('tilePath()', () => {
  it('groups the number by three digits and marks all groups but the last', () => {
    expect(at(0)).toBe('tile/0/000');
    expect(at(999)).toBe('tile/0/999');
    expect(at(1000)).toBe('tile/0/x001/000');
    // The example of C2SP tlog-tiles.
    expect(at(1_234_067)).toBe('tile/0/x001/x234/067');
  });

  it('names the width of a partial tile, and the bundles of entries', () => {
    expect(at(273, 112)).toBe('tile/0/273.p/112');
    expect(tilePath({ level: 'entries', index: 5, width: 1 })).toBe('tile/entries/005.p/1');
  });
});

describe('tilesOf()', () => {
  it('lists what C2SP counts for 70,000 entries', () => {
    const tiles = [...tilesOf(70_000)];
    const count = (level: unknown): number => tiles.filter((tile) => tile.level === level).length;
    expect(['entries', 0, 1, 2, 3].map(count)).toEqual([274, 274, 2, 1, 0]);
    expect(tiles.filter(({ width }) => width < 256).map(tilePath)).toEqual([
      'tile/entries/273.p/112',
      'tile/0/273.p/112',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
  });

  it('has no partial tile where the width is full, and none at all for an empty log', () => {
    expect([...tilesOf(256)].map(tilePath)).toEqual([
      'tile/entries/000',
      'tile/0/000',
      'tile/1/000.p/1',
    ]);
    expect([...tilesOf(0)]).toEqual([]);
  });
});

describe('encodeBundle()', () => {
  it('writes each entry after its length in two bytes, the high one first', () => {
    const long = new Uint8Array(65_535).fill(7);
    const bundle = encodeBundle([
      Uint8Array.of(1, 2),
      new Uint8Array(0),
      new Uint8Array(258),
      long,
    ]);
    expect([...bundle.subarray(0, 8)]).toEqual([0, 2, 1, 2, 0, 0, 1, 2]);
    expect([...bundle.subarray(266, 269)]).toEqual([255, 255, 7]);
    expect(bundle.length).toBe(4 * 2 + 2 + 0 + 258 + 65_535);
  });
});
