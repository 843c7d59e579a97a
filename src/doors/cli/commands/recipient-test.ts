import type { Command } from 'commander';

import type { ConfirmOptions } from '../acts/recipient-test.ts';
import type { Shell } from '../shell.ts';

/** `recipient test`, `recipient confirm`, `recipient probe`: whether a partner can fetch, open and read what we send. */
export function registerRecipientTest(group: Command, shellOf: () => Shell): void {
  group.command('test <id>').action(async (id: string) => {
    const { sendTest } = await import('../acts/recipient-test.ts');
    await sendTest(shellOf(), id);
  });
  group
    .command('confirm <id>')
    .option('--count <number>')
    .option('--first <digits>')
    .option('--last <digits>')
    .option('--by <text>')
    .option('--phone <number>')
    .option('--at <time>')
    .option('--answer <file>')
    .action(async (id: string, options: ConfirmOptions) => {
      const { confirmTest } = await import('../acts/recipient-test.ts');
      await confirmTest(shellOf(), id, options);
    });
  group
    .command('probe <id>')
    .option('--directory <dir>')
    .action(async (id: string, { directory }: { readonly directory?: string }) => {
      const { probe } = await import('../acts/recipient-probe.ts');
      await probe(shellOf(), id, directory);
    });
}
