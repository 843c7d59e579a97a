import { describe, expect, it } from 'vitest';

import { isPlaced, isSigned, standingOf } from '../../../src/doors/cli/command-standings.ts';
import { buildProgram } from '../../../src/doors/cli/program.ts';

const program = buildProgram('0.0.0', () => {
  throw new Error('nothing is run here');
});

const names = program.commands.flatMap((group) =>
  group.commands.length === 0
    ? [group.name()]
    : group.commands.map((command) => `${group.name()} ${command.name()}`),
);

describe('standingOf()', () => {
  it('has placed every command of the program', () => {
    expect(names.filter((name) => !isPlaced(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(40);
  });

  it('finds every file of a signed command by its placeholder', () => {
    const signed = program.commands
      .flatMap((group) => group.commands)
      .filter((command) => standingOf(`${command.parent!.name()} ${command.name()}`) === 'signed');
    const placeholders = signed.flatMap((command) => [
      ...command.registeredArguments.map((argument) => argument.name()),
      ...command.options.flatMap(({ flags }) => /<([^>]*)>$/.exec(flags)?.[1] ?? []),
    ]);
    expect(placeholders).toContain('file');
    expect(placeholders.filter((word) => /csv|toml|path|pdf|eml/.test(word))).toEqual([]);
  });

  it('has a command signed that nobody placed', () => {
    expect(isPlaced('incident forget')).toBe(false);
    expect(isSigned({ standing: standingOf('incident forget') })).toBe(true);
  });

  it.each(['incident amend', 'recipient update', 'officer disable', 'response import'])(
    'has "%s" signed',
    (name) => {
      expect(isSigned({ standing: standingOf(name) })).toBe(true);
    },
  );

  it.each(['status', 'handoff show', 'handoff approve', 'init'])('has "%s" not signed', (name) => {
    expect(isSigned({ standing: standingOf(name) })).toBe(false);
  });
});
