import { describe, expect, it } from 'vitest';

import { filesUnder, textOf } from '../support/source-tree.ts';

const sourceLinesMax = 300;
const testLinesMax = 500;

function longerThan(linesMax: number, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => filesUnder(folder, '.ts', '.mjs'))
    .map((path) => ({ path, lines: linesOf(textOf(path)) }))
    .filter(({ lines }) => lines > linesMax)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

describe('a file is one idea', () => {
  it(`in at most ${sourceLinesMax} lines of src and bin`, () => {
    expect(longerThan(sourceLinesMax, ['src', 'bin'])).toEqual([]);
  });

  it(`in at most ${testLinesMax} lines of tests`, () => {
    expect(longerThan(testLinesMax, ['tests'])).toEqual([]);
  });

  it('and every file is looked at', () => {
    expect(longerThan(0, ['src']).length).toBe(filesUnder('src', '.ts').length);
  });
});
