import type { Command } from 'commander';

import { weaknesses } from '../../../domain/recipients/weaknesses.ts';
import type { RecipientOptions } from '../acts/recipient.ts';
import { collect } from '../option-values.ts';
import { addEndpointOptions } from './endpoint-options.ts';
import { registerRecipientRead } from './recipient-read.ts';
import { registerRecipientTest } from './recipient-test.ts';
import type { Shell } from '../shell.ts';

/** `recipient add|update|disable|list|show`. */
export function registerRecipient(program: Command, shellOf: () => Shell): void {
  const group = program.command('recipient').description('who receives sealed files, and where');
  const add = group
    .command('add <id>')
    .description('pin certificate, endpoint and format of a new recipient');
  const update = group
    .command('update <id>')
    .description('replace what is given; approvals of earlier plans no longer hold');
  for (const command of [add, update]) addOptions(command);
  add.addHelpText('after', examples).action(async (id: string, options: RecipientOptions) => {
    const { addNew } = await import('../acts/recipient.ts');
    await addNew(shellOf(), id, options);
  });
  update.action(async (id: string, options: RecipientOptions) => {
    const { change } = await import('../acts/recipient.ts');
    await change(shellOf(), id, options);
  });
  group
    .command('disable <id>')
    .description('send nothing more there, also not what was approved; needs --reason')
    .action(async (id: string) => {
      const { disable } = await import('../acts/recipient.ts');
      await disable(shellOf(), id);
    });
  registerRecipientTest(group, shellOf);
  registerRecipientRead(group, shellOf);
}

function addOptions(command: Command): void {
  command
    .option('--name <text>', 'as people know them')
    .option('--certificate <file>', 'their OpenPGP certificate')
    .option('--fingerprint <hex>', 'as they confirmed it on another way than the file came')
    .option('--confirmed-by <text>', 'how and with whom the fingerprint was confirmed')
    .option('--sftp <user@host:port/dir>', 'their SFTP directory; /./dir is relative to the login')
    .option('--host-key <SHA256:…>', 'pinned host key; twice: the current and the next', collect)
    .option('--manual <dir>', 'no server: put file and call sheet into this folder')
    .option('--profile <id>', 'format profile of their files')
    .option('--layout <layout>', 'per-recipient (one file) or per-issuer')
    .option('--lists <kind>', 'delta (what is new) or cumulative (the whole list each time)')
    .option(
      '--allow <weakness>',
      `accept ${weaknesses.join(' or ')} of an old certificate; needs --reason`,
      collect,
    );
  addEndpointOptions(command);
}

const examples = `
Example:
  mimamori recipient add psp --certificate psp.asc --fingerprint '4F2A 91C0 …' \\
    --confirmed-by 'K. Sato, phone, 2026-11-20' \\
    --sftp mimamori@sftp.psp.example:22/incoming --host-key SHA256:…`;
