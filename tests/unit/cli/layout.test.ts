import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { commandLines } from '../../../src/doors/cli/command-lines.ts';
import {
  alignFigures,
  clip,
  hang,
  LINE_COLUMNS,
  pad,
  widthOf,
  wrap,
} from '../../../src/doors/cli/layout.ts';
import { table } from '../../../src/doors/cli/table.ts';

const plain = { colour: false };

describe('pad()', () => {
  it('counts Japanese characters as two columns', () => {
    expect(pad('保留', 6)).toBe('保留  ');
    expect(pad('保留', 6, 'right')).toBe('  保留');
    expect(pad('保留', 2)).toBe('保留');
  });
});

describe('clip()', () => {
  it('cuts by columns and shows that it did', () => {
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('見守り見守り', 5)).toBe('見守…');
    expect(clip('2019-orders-final.csv', 11, 'middle')).toBe('2019-…l.csv');
    expect(clip('short', 9)).toBe('short');
  });
});

describe('wrap()', () => {
  it('breaks between words and never ends a Latin word early', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('', 8)).toEqual(['']);
  });

  it('breaks Japanese between words, with no punctuation at the start of a line', () => {
    const lines = wrap('何も保存していません。何も送付していません。「確認」してください。', 20);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => /^[、。」]/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.endsWith('「'))).toEqual([]);
  });

  it('breaks a word only when it alone is too long', () => {
    expect(wrap('x'.repeat(9), 4)).toEqual(['xxxx', 'xxxx', 'x']);
  });

  it('loses nothing and is never too wide, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', '-', ' ', '見', '。', '「', '…', 'é', '8', '👩‍👩‍👧'),
          maxLength: 80,
        }),
        fc.integer({ min: 4, max: 40 }),
        (text, columns) => {
          const lines = wrap(text, columns);
          expect(lines.every((line) => widthOf(line) <= columns)).toBe(true);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        },
      ),
    );
  });
});

describe('hang()', () => {
  it('indents later lines under the end of the head', () => {
    const lines = hang('Then  ', 'word '.repeat(30).trimEnd());
    expect(lines[0]).toMatch(/^Then {2}word/);
    expect(lines[1]).toMatch(/^ {6}word/);
  });
});

describe('alignFigures()', () => {
  it('puts digits under each other and words behind them', () => {
    expect(alignFigures(['3,402 cards', '1 card'])).toEqual(['3,402 cards', '    1 card ']);
    expect(alignFigures(['1.3 KB', '871 bytes'])).toEqual(['1.3 KB   ', '871 bytes']);
    expect(alignFigures(['12枚', '3枚'])).toEqual(['12枚', ' 3枚']);
    expect(alignFigures([])).toEqual([]);
  });
});

describe('table()', () => {
  it('aligns columns that hold double-width characters', () => {
    const lines = table(
      [{}, { align: 'right' }, {}],
      [
        ['保留', '1', 'x'],
        ['ab', '23', 'y'],
      ],
      plain,
    );
    expect(lines).toEqual(['保留   1  x', 'ab    23  y']);
  });

  it('leaves out a column in which nothing stands', () => {
    expect(
      table(
        [{}, {}, {}],
        [
          ['a', '', 'b'],
          ['c', '', 'd'],
        ],
        plain,
      ),
    ).toEqual(['a  b', 'c  d']);
  });

  it('never cuts a number and never parts columns by a single space', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 150 }), fc.nat(), fc.string({ maxLength: 150 })), {
          minLength: 1,
          maxLength: 5,
        }),
        (rows) => {
          const cells = rows.map(([a, n, b]) => [
            a.replace(/[^ -~]/g, '.'),
            String(n),
            b.replace(/[^ -~]/g, '.'),
          ]);
          const lines = table([{}, { align: 'right' }, { overflow: 'wrap' }], cells, plain, 2);
          expect(lines.every((line) => widthOf(line) <= LINE_COLUMNS)).toBe(true);
          expect(cells.every(([, n]) => lines.some((line) => line.includes(n!)))).toBe(true);
        },
      ),
    );
  });
});

describe('commandLines()', () => {
  it('keeps command and label on one line while there is room', () => {
    expect(commandLines('Next  ', 'mimamori status', 'look')).toEqual([
      'Next  mimamori status   look',
    ]);
  });

  it('continues a long command so that a shell still reads it as one', () => {
    const command = `mimamori handoff approve h7k2m9qa --as ${'a'.repeat(41)} --signature ${'b'.repeat(60)}.sig --reason "one two"`;
    const lines = commandLines('Next  ', command);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => widthOf(line) <= LINE_COLUMNS)).toBe(true);
    const joined = lines.map((line) => line.slice(6).replace(/ \\$/, '').trim()).join(' ');
    expect(joined).toBe(command);
  });
});
