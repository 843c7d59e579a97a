import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import { isPlain } from '../../../src/doors/cli/foreign-text.ts';
import { LINE_COLUMNS, widthOf } from '../../../src/doors/cli/layout.ts';
import { scrub } from '../../../src/domain/cards/scrubber.ts';
import { everyScreen } from './every-screen.ts';
import { ordinary, worst } from './screen-data.ts';

const cases = (['en', 'ja'] as const).flatMap((language) =>
  [ordinary, worst].map((size) => ({
    language,
    size,
    name: size === worst ? 'worst' : 'ordinary',
  })),
);

/** A path stands as it is: wrapped, it could not be copied. */
const isPath = (line: string): boolean => /^ *\/\S+$/.test(line);

describe.each(cases)('every screen, $language, $name data', ({ language, size }) => {
  const screens = Object.entries(everyScreen(size, { language, colour: false }));
  const lines = screens.flatMap(([name, drawn]) => drawn.map((line) => ({ name, line })));
  const where = (isWrong: (line: string) => boolean): string[] =>
    lines.filter(({ line }) => isWrong(line)).map(({ name, line }) => `${name}: ${line}`);

  it('has lines', () => {
    expect(screens.filter(([, drawn]) => drawn.length === 0)).toEqual([]);
  });

  it(`is never wider than ${LINE_COLUMNS} columns`, () => {
    expect(where((line) => widthOf(line) > LINE_COLUMNS && !isPath(line))).toEqual([]);
  });

  it('shows no hole in its words', () => {
    expect(where((line) => /undefined|NaN|\[object|null/.test(line))).toEqual([]);
  });

  it('holds nothing that a terminal would obey', () => {
    expect(where((line) => !isPlain(line))).toEqual([]);
  });

  it('raises no alarm of the scrubber', () => {
    expect(where((line) => scrub(line).hits > 0)).toEqual([]);
  });

  it('leaves no space at the end of a line', () => {
    expect(where((line) => line !== line.trimEnd())).toEqual([]);
  });

  it('does not shout or boast', () => {
    expect(where((line) => /[!！]|successful/i.test(line))).toEqual([]);
  });

  it('says the same in colour', () => {
    const coloured = Object.entries(everyScreen(size, { language, colour: true }));
    const bare = coloured.map(([name, drawn]) => [name, drawn.map(stripVTControlCharacters)]);
    expect(bare).toEqual(screens);
    expect(coloured.flatMap(([, drawn]) => drawn).join('')).toContain('\u001B[');
  });
});

const things =
  'records|cards|files|batches|entries|warnings|issuers|orders|references|days|approvals|checkpoints|ranges|bytes';
const pluralOfOne = new RegExp(
  `(?<![\\d,.])1 (?:${things})\\b|(?<![\\d,.])1 \\w+ (?:wait|are|were|agree)\\b`,
);

describe('screens', () => {
  it('count one thing in the singular, and more in the plural', () => {
    const linesOf = (size: typeof ordinary): string[] =>
      Object.values(everyScreen(size, { language: 'en', colour: false })).flat();
    expect([ordinary, worst].flatMap(linesOf).filter((line) => pluralOfOne.test(line))).toEqual([]);
    expect(linesOf(worst).filter((line) => /\d{3} (?:card|record|order)\b/.test(line))).toEqual([]);
  });

  it('have no space in Japanese behind a full stop, before a bracket or between Japanese words', () => {
    const lines = Object.values(everyScreen(ordinary, { language: 'ja', colour: false })).flat();
    const stray = /[。、] |[ぁ-んァ-ヶ一-龠] [（(]|は [ぁ-ん一-龠]/u;
    expect(lines.map((line) => line.trim()).filter((line) => stray.test(line))).toEqual([]);
  });

  it('show no day in Japanese as machines write it, but for what a file says', () => {
    const { show, summary, onePerson } = everyScreen(ordinary, { language: 'ja', colour: false });
    const days = [...show!, ...summary!, ...onePerson!].filter((line) => / JST/.test(line));
    expect(days.length).toBeGreaterThan(10);
    expect(days.filter((line) => /\d{4}-\d{2}-\d{2} \d{2}:\d{2} JST/.test(line))).toEqual([]);
  });

  it('are in Japanese where Japanese is asked for', () => {
    const english = everyScreen(ordinary, { language: 'en', colour: false });
    const japanese = everyScreen(ordinary, { language: 'ja', colour: false });
    const same = Object.keys(english).filter(
      (name) => english[name]!.join() === japanese[name]!.join(),
    );
    expect(same).toEqual([]);
    expect(Object.values(english).flat().join()).not.toMatch(/[\u3040-\u30FF]/);
  });
});
