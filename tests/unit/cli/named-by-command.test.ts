import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import { namedByCommand } from '../../../src/domain/audit/named-by-command.ts';
import { standingOf } from '../../../src/doors/cli/command-standings.ts';
import { buildProgram } from '../../../src/doors/cli/program.ts';

/** Ids that signed commands take which are of people, recipients, shops and formats. */
const others = [
  ...['officer add id', 'officer disable id', 'sender add id', 'sender disable id'],
  ...['recipient add id', 'recipient update id', 'recipient disable id'],
  ...['recipient test id', 'recipient confirm id', 'recipient probe id'],
  ...['incident record --merchant', 'incident clock --merchant', 'incident told --recipient'],
  ...['notices export --merchant', 'waiver except --merchant', 'waiver letter --recipient'],
  ...['waiver record --recipient', 'waiver request --recipient'],
  ...['recipient add --answer-format', 'recipient update --answer-format'],
  ...['recipient add --profile', 'recipient update --profile'],
];

const program = buildProgram('0.0.0', () => {
  throw new Error('nothing is run here');
});

function idsOf(name: string, command: Command): (readonly [string, string])[] {
  const named = command.registeredArguments.map((argument) => argument.name());
  const options = command.options.filter(({ flags }) =>
    /<(?:id|incident|handoff|batch)>/.test(flags),
  );
  return [
    ...named.filter((argument) => /^(?:id|incident|handoff|batch)$/.test(argument)),
    ...options.map(({ long, flags }) => long ?? flags),
  ].map((argument) => [name, argument] as const);
}

describe('namedByCommand()', () => {
  it('knows every id of an incident or its own that a signed command takes', () => {
    const ids = program.commands
      .flatMap((group) => group.commands.map((command) => [group, command] as const))
      .map(([group, command]) => [`${group.name()} ${command.name()}`, command] as const)
      .filter(([name]) => ['signed', 'sealed'].includes(standingOf(name)))
      .flatMap(([name, command]) => idsOf(name, command));
    const unknown = ids.filter(([name, key]) => namedByCommand(name, { [key]: 'x' }).length === 0);
    expect(unknown.map((each) => each.join(' ')).sort()).toEqual(others.sort());
    expect(ids.length).toBeGreaterThan(25);
  });

  it('takes a brought file for one, and no path', () => {
    expect(namedByCommand('purge source', { file: 'inbox:a-1' })).toEqual(['a-1']);
    expect(namedByCommand('purge source', { file: 'a-1' })).toEqual([]);
  });
});
