import type { Command } from 'commander';

import type { RecipientOptions } from '../acts/recipient.ts';
import { collect } from '../option-values.ts';
import { addEndpointOptions } from './endpoint-options.ts';
import { registerRecipientRead } from './recipient-read.ts';
import { registerRecipientTest } from './recipient-test.ts';
import type { Shell } from '../shell.ts';

/** `recipient add|update|disable|list|show`. */
export function registerRecipient(program: Command, shellOf: () => Shell): void {
  const group = program.command('recipient');
  const add = group.command('add <id>');
  const update = group.command('update <id>');
  for (const command of [add, update]) addOptions(command);
  add.action(async (id: string, options: RecipientOptions) => {
    const { addNew } = await import('../acts/recipient.ts');
    await addNew(shellOf(), id, options);
  });
  update.action(async (id: string, options: RecipientOptions) => {
    const { change } = await import('../acts/recipient.ts');
    await change(shellOf(), id, options);
  });
  group.command('disable <id>').action(async (id: string) => {
    const { disable } = await import('../acts/recipient.ts');
    await disable(shellOf(), id);
  });
  registerRecipientTest(group, shellOf);
  registerRecipientRead(group, shellOf);
}

function addOptions(command: Command): void {
  command
    .option('--name <text>')
    .option('--certificate <file>')
    .option('--fingerprint <hex>')
    .option('--confirmed-by <text>')
    .option('--sftp <user@host:port/dir>')
    .option('--host-key <SHA256:…>', '', collect)
    .option('--manual <dir>')
    .option('--pickup-key <file>', '', collect)
    .option('--profile <id>')
    .option('--layout <layout>')
    .option('--lists <kind>')
    .option('--answer-format <id>')
    .option('--answers-from <directory>')
    .option('--answers-counted-from <number>')
    .option('--answers-hours <spans>')
    .option('--answers-days <kind>')
    .option('--answers-time-zone <zone>')
    .option('--answer-within <term>')
    .option('--answers-in-clear <yes|no>')
    .option('--pickup-within <term>')
    .option('--delivery-hours <spans>')
    .option('--delivery-days <kind>')
    .option('--delivery-time-zone <zone>')
    .option('--allow <weakness>', '', collect);
  addEndpointOptions(command);
}
