import type { Command } from 'commander';

import { roles } from '../../../domain/workspace/roles.ts';
import type { AddOptions } from '../acts/people.ts';
import { senderKinds } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `officer add|list|disable` and `sender add|list|disable`. */
export function registerPeople(program: Command, shellOf: () => Shell): void {
  registerGroup(program, 'officer', 'people who request, approve, answer or review', shellOf);
  registerGroup(program, 'sender', 'who may send us encrypted lists (a PFI, a processor)', shellOf);
}

function registerGroup(
  program: Command,
  kind: 'officer' | 'sender',
  description: string,
  shellOf: () => Shell,
): void {
  const group = program.command(kind).description(description);
  const add = group
    .command('add <id>')
    .description(`pin the certificate of a new ${kind}`)
    .requiredOption('--name <text>', 'as people know them')
    .requiredOption('--certificate <file>', 'their OpenPGP certificate')
    .requiredOption(
      '--fingerprint <hex>',
      'as they confirmed it on another way than the file came',
    );
  if (kind === 'officer')
    add.requiredOption('--roles <list>', `comma-separated: ${roles.join(', ')}`);
  else {
    add.requiredOption('--kind <kind>', senderKinds.join(', '));
    add.requiredOption('--confirmed-by <text>', 'how and with whom the fingerprint was confirmed');
  }
  add.action(async (id: string, options: AddOptions) => {
    const { addPerson } = await import('../acts/people.ts');
    await addPerson(shellOf(), kind, id, options);
  });
  group
    .command('list')
    .description(`all ${kind}s`)
    .action(async () => {
      const { listPeople } = await import('../acts/people.ts');
      await listPeople(shellOf(), kind);
    });
  group
    .command('disable <id>')
    .description('accept nothing new by them; needs --reason')
    .action(async (id: string) => {
      const { disable } = await import('../acts/people.ts');
      await disable(shellOf(), kind, id);
    });
}
