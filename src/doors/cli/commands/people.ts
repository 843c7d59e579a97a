import type { Command } from 'commander';

import type { AddOptions } from '../acts/people.ts';
import { collect } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `officer add|list|disable` and `sender add|list|disable`. */
export function registerPeople(program: Command, shellOf: () => Shell): void {
  registerGroup(program, 'officer', shellOf);
  registerGroup(program, 'sender', shellOf);
}

function registerGroup(program: Command, kind: 'officer' | 'sender', shellOf: () => Shell): void {
  const group = program.command(kind);
  const add = group
    .command('add <id>')
    .requiredOption('--name <text>')
    .requiredOption('--certificate <file>')
    .requiredOption('--fingerprint <hex>');
  if (kind === 'officer') add.requiredOption('--roles <list>');
  else {
    add.requiredOption('--kind <kind>');
    add.requiredOption('--confirmed-by <text>');
    add.option('--pickup-key <file>', '', collect);
  }
  add.action(async (id: string, options: AddOptions) => {
    const { addPerson } = await import('../acts/people.ts');
    await addPerson(shellOf(), kind, id, options);
  });
  group.command('list').action(async () => {
    const { listPeople } = await import('../acts/people.ts');
    await listPeople(shellOf(), kind);
  });
  group.command('disable <id>').action(async (id: string) => {
    const { disable } = await import('../acts/people.ts');
    await disable(shellOf(), kind, id);
  });
}
