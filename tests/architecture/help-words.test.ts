import { describe, expect, it } from 'vitest';

import { widthOf } from '../../src/doors/cli/layout.ts';
import { buildProgram } from '../../src/doors/cli/program.ts';
import { helpGaps, helpScreen } from '../../src/doors/cli/screens/help-screen.ts';
import { everyCommand, pathOf } from '../../src/doors/cli/usage-mistake.ts';
import { helpWords as english } from '../../src/doors/cli/words/en/help.ts';
import { helpWords as japanese } from '../../src/doors/cli/words/ja/help.ts';
import type { HelpWords } from '../../src/doors/cli/words/help-words.ts';

const program = buildProgram('0.0.0', () => {
  throw new Error('nothing is run here');
});
const commands = everyCommand(program);

/** Texts of commands, options and arguments by where they stand. */
function textsOf(words: HelpWords): Map<string, string> {
  const named = (place: string, texts: Readonly<Record<string, string>> = {}): [string, string][] =>
    Object.entries(texts).map(([name, text]) => [`${place} ${name}`, text]);
  return new Map([
    ...named('*', words.options),
    ...named('*', words.arguments),
    ...Object.entries(words.commands).flatMap(([path, help]): [string, string][] => [
      [path, help.what],
      ...named(path, help.options),
      ...named(path, help.arguments),
    ]),
  ]);
}

/** Values as they are typed, which no language changes. */
const isTyped = (text: string): boolean => /^[a-z0-9,:|= …_-]+$/.test(text);

describe.each([
  ['en', english],
  ['ja', japanese],
] as const)('the help in %s', (_language, words) => {
  it('has words for every command, option and argument', () => {
    expect(commands.length).toBeGreaterThan(70);
    expect(commands.flatMap((command) => helpGaps(command, words))).toEqual([]);
  });

  it('has no words for what is not there', () => {
    const known = new Map(commands.map((command) => [pathOf(command), command]));
    const over = Object.entries(words.commands).flatMap(([path, help]) => {
      const command = known.get(path);
      const options = command?.options.map(({ long }) => long ?? '') ?? [];
      const names = command?.registeredArguments.map((argument) => argument.name()) ?? [];
      return [
        ...(command === undefined ? [path] : []),
        ...Object.keys(help.options ?? {}).filter((name) => !options.includes(name)),
        ...Object.keys(help.arguments ?? {}).filter((name) => !names.includes(name)),
      ].map((what) => `${path}: ${what}`);
    });
    expect(over).toEqual([]);
  });

  it.each([100, 80])('fits %d columns', (columns) => {
    const wide = commands.flatMap((command) =>
      helpScreen(command, words, columns).filter((line) => widthOf(line) > columns),
    );
    // Examples are copied as they stand.
    expect(wide.filter((line) => columns === 100 || !line.startsWith('    --'))).toEqual([]);
  });
});

describe('the help', () => {
  it('is Japanese in Japanese, but for what is typed', () => {
    const translated = textsOf(japanese);
    const same = [...textsOf(english)].filter(
      ([place, text]) => translated.get(place) === text && !isTyped(text),
    );
    expect(same).toEqual([]);
    expect([...translated.keys()]).toEqual([...textsOf(english).keys()]);
  });

  it('stands in no registration, where only one language would know it', () => {
    const said = commands.flatMap((command) => [
      command.description(),
      ...command.options.filter(({ long }) => long !== '--version').map((o) => o.description),
      ...command.registeredArguments.map((argument) => argument.description),
    ]);
    expect(said.filter((text) => text !== '')).toEqual([]);
  });
});

describe('helpGaps()', () => {
  it('finds a command, an option and an argument without words', () => {
    const none = { ...english, commands: {}, options: {}, arguments: {} };
    const told = program.commands.find((command) => command.name() === 'backup')!;
    expect(helpGaps(told, none)).toEqual(['backup', 'backup file']);
    const init = program.commands.find((command) => command.name() === 'init')!;
    expect(helpGaps(init, none)).toContain('init mode');
  });
});
