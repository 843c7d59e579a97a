import { describe, expect, it } from 'vitest';

import { widthOf } from '../../../src/doors/cli/layout.ts';
import { helpWords as english } from '../../../src/doors/cli/words/en/help.ts';
import { helpWords as japanese } from '../../../src/doors/cli/words/ja/help.ts';

/** What an editor sees of a terminal that nobody widened; examples are printed as they stand. */
const COLUMNS = 80;

describe.each([
  ['en', english],
  ['ja', japanese],
])('helpWords, %s', (_language, words) => {
  it('keeps lines that are never wrapped within a terminal, double width counted', () => {
    const lines = Object.values(words.commands).flatMap(({ more }) => more ?? []);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => widthOf(line) > COLUMNS)).toEqual([]);
  });
});
