import { describe, expect, it } from 'vitest';

import {
  csvLine,
  encodeLine,
  guardedCell,
  markOf,
  unguardedCell,
} from '../../../src/domain/notices/notice-cells.ts';

describe('guardedCell()', () => {
  it('puts an apostrophe before what a spreadsheet would compute', () => {
    const cells = ['=1+1', '+81', '-1', '@x', '\tx', '\rx', '\nx', ' =1', '\u3000=1', '＝1', '＠x'];
    expect(cells.map(guardedCell)).toEqual(cells.map((cell) => `'${cell}`));
    expect(cells.map(guardedCell).map(unguardedCell)).toEqual(cells);
  });

  it('leaves other cells as they are, also with such a sign inside', () => {
    for (const cell of ['', 'A-1', '0012', "'A-1", 'a=b', '注文1']) {
      expect(guardedCell(cell)).toBe(cell);
      expect(unguardedCell(cell)).toBe(cell);
    }
  });
});

describe('csvLine()', () => {
  it('quotes cells with commas, quotes and line ends, and ends in CRLF', () => {
    expect(csvLine(['a,b', 'say "x"', 'c\nd', 'e'])).toBe('"a,b","say ""x""","c\nd",e\r\n');
  });

  it('guards before it quotes', () => {
    expect(csvLine(['=HYPERLINK("x")'])).toBe(`"'=HYPERLINK(""x"")"\r\n`);
  });
});

describe('encodeLine()', () => {
  it('writes UTF-8 behind its mark, and CP932 without one', () => {
    expect(markOf('utf-8')).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf));
    expect(markOf('cp932')).toHaveLength(0);
    expect(encodeLine('注', 'utf-8')).toEqual(Uint8Array.of(0xe6, 0xb3, 0xa8));
    expect(encodeLine('注', 'cp932')).toEqual(Uint8Array.of(0x92, 0x8d));
  });
});
