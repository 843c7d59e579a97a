import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import { isFault } from '../../../src/domain/fault.ts';
import { WorkspaceFault } from '../../../src/domain/workspace/errors.ts';
import { faultDocument, faultScreen } from '../../../src/doors/cli/fault-screen.ts';
import { buildProgram } from '../../../src/doors/cli/program.ts';
import { everyCommand, reportMistakes } from '../../../src/doors/cli/usage-mistake.ts';
import { LINE_COLUMNS, widthOf } from '../../../src/doors/cli/layout.ts';

const nothingRuns = (): never => {
  throw new Error('nothing is run here');
};

/** What a command line that must be refused was refused with. */
async function refused(words: readonly string[], isJson = false): Promise<unknown> {
  const program = buildProgram('0.0.0', nothingRuns);
  reportMistakes(program, isJson);
  if (!isJson)
    for (const each of everyCommand(program)) each.configureOutput({ writeErr: () => undefined });
  return program.parseAsync([...words], { from: 'user' }).catch((error: unknown) => error);
}

const program = buildProgram('0.0.0', nothingRuns);
const commands = program.commands.flatMap((group) =>
  (group.commands.length > 0 ? group.commands : [group]).map((command) => ({
    command,
    path: command === group ? [command.name()] : [group.name(), command.name()],
  })),
);

/** Commands are refused for lack of them before anything else. */
function neededOptions(command: Command): string[] {
  return command.options.flatMap(({ mandatory, long, defaultValue }) =>
    mandatory && defaultValue === undefined ? [long ?? '', 'x'] : [],
  );
}

describe('reportMistakes()', () => {
  it('makes of an unknown option of every command a usage fault that names both', async () => {
    expect(commands.length).toBeGreaterThan(40);
    for (const { command, path } of commands) {
      const fault = await refused([...path, ...neededOptions(command), '--no-such-option']);
      expect(isFault(fault) && [fault.code, fault.facts], path.join(' ')).toEqual([
        'usage',
        { mistake: 'unknown-option', command: path.join(' '), named: '--no-such-option' },
      ]);
    }
  });

  it('makes of too many arguments a usage fault that repeats none of them', async () => {
    for (const { command, path } of commands) {
      if (command.registeredArguments.some(({ variadic }) => variadic)) continue;
      const words = [...command.registeredArguments.map(() => 'one'), 'SURPLUS'];
      const fault = await refused([...path, ...neededOptions(command), ...words]);
      expect(isFault(fault) && fault.facts['mistake'], path.join(' ')).toBe('too-many-arguments');
      expect(JSON.stringify(isFault(fault) && fault.facts)).not.toContain('SURPLUS');
    }
  });

  it.each([
    [['handoff', 'show'], 'argument-missing', 'handoff'],
    [['incidnt'], 'unknown-command', 'incidnt'],
    [['handoff', 'record', 'b1'], 'option-missing', '--rung <rung>'],
    [['--workspace'], 'value-missing', '--workspace <dir>'],
    [['--lang', 'fr', 'status'], 'value-refused', '--lang <language>'],
    [['handoff', 'prepare', '--jobs', 'many'], 'value-refused', '--jobs <n>'],
  ])('tells apart: %j is %s', async (words, mistake, named) => {
    const fault = await refused(words);
    expect(isFault(fault) && fault.facts).toMatchObject({ mistake, named });
  });

  it('keeps a card number typed as an option out of the fault', async () => {
    const fault = await refused(['status', '-4111111111111111']);
    expect(isFault(fault) && JSON.stringify(fault.facts)).not.toContain('4111');
  });

  it('lets the help of a group stand, and gives scripts a fault in its place', async () => {
    expect(await refused(['handoff'])).toBeInstanceOf(CommanderError);
    const fault = await refused(['handoff'], true);
    expect(isFault(fault) && fault.facts['mistake']).toBe('command-missing');
  });

  it('has words for each mistake in both languages, with a next step', async () => {
    const lines = [
      ['status', '--nope'],
      ['handoff', 'show'],
      ['incident', 'show', 'a', 'b'],
      ['incidnt'],
      ['handoff', 'record', 'x'],
      ['--workspace'],
      ['--lang', 'fr', 'status'],
    ];
    for (const words of lines) {
      const fault = await refused(words);
      const drawn = (['en', 'ja'] as const).map((language) =>
        faultScreen(fault, { language, colour: false }),
      );
      const [english = [], japanese = []] = drawn;
      expect(english[0]).not.toBe(japanese[0]);
      expect(japanese.join('\n')).toMatch(/[\u3040-\u30FF]/);
      for (const screen of drawn) {
        expect(screen.at(-1)).toContain('usage');
        expect(screen.join('\n')).toMatch(/mimamori .*--help/);
        expect(screen.filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
      }
      expect(faultDocument(fault)).toMatchObject({ error: { code: 'usage', retry: 'never' } });
    }
  });
});

describe('--help', () => {
  it.each([
    [undefined, 80],
    [80, 80],
    [100, 100],
    [200, LINE_COLUMNS],
  ])('of every command fits a terminal that says %s columns', (columns, most) => {
    const before = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
    Object.defineProperty(process.stdout, 'columns', { value: columns, configurable: true });
    try {
      expect(everyCommand(buildProgram('0.0.0', nothingRuns)).flatMap(wideLines(most))).toEqual([]);
    } finally {
      if (before) Object.defineProperty(process.stdout, 'columns', before);
      else Reflect.deleteProperty(process.stdout, 'columns');
    }
  });
});

const wideLines =
  (most: number) =>
  (command: Command): string[] => {
    const lines: string[] = [];
    command.configureOutput({ writeOut: (text) => lines.push(...text.split('\n')) });
    command.outputHelp();
    expect(lines.length).toBeGreaterThan(3);
    return lines.filter((line) => widthOf(line) > most).map((line) => `${command.name()}: ${line}`);
  };

describe('faultScreen() of usage', () => {
  const fault = new WorkspaceFault('usage', { option: '--records', expected: 'four digits' });

  it.each(['en', 'ja'] as const)(
    'points to the help of the command that refused it, %s',
    (language) => {
      const view = { language, colour: false };
      const drawn = faultScreen(fault, view, { command: 'handoff recall' }).join('\n');
      expect(drawn).toContain('mimamori handoff recall --help');
      expect(faultScreen(fault, view).join('\n')).toContain('mimamori --help');
    },
  );

  it('has it in the hint of the document', () => {
    const { hint } = faultDocument(fault, { command: 'handoff recall' }).error;
    expect(hint).toBe('mimamori handoff recall --help');
  });
});
