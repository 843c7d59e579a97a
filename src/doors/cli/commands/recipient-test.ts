import type { Command } from 'commander';

import type { ConfirmOptions } from '../acts/recipient-test.ts';
import type { Shell } from '../shell.ts';

/** `recipient test`, `recipient confirm`, `recipient probe`: whether a partner can fetch, open and read what we send. */
export function registerRecipientTest(group: Command, shellOf: () => Shell): void {
  group
    .command('test <id>')
    .description(
      'send a file of published test numbers, to be read back by phone or sent back signed',
    )
    .action(async (id: string) => {
      const { sendTest } = await import('../acts/recipient-test.ts');
      await sendTest(shellOf(), id);
    });
  group
    .command('confirm <id>')
    .description(
      'compare their answer to the test file, by phone or by file; a right one unlocks live files',
    )
    .option('--count <number>', 'how many cards they read, header and trailer not counted')
    .option('--first <digits>', 'the last four digits of the first card')
    .option('--last <digits>', 'the last four digits of the last card')
    .option('--by <text>', 'who read it out')
    .option('--phone <number>', 'the number that was called')
    .option('--at <time>', 'when: 2026-11-22 14:05 in the workspace’s zone, or with an offset')
    .option(
      '--answer <file>',
      'in place of all these: the opened file, sent back signed by them and encrypted to us',
    )
    .action(async (id: string, options: ConfirmOptions) => {
      const { confirmTest } = await import('../acts/recipient-test.ts');
      await confirmTest(shellOf(), id, options);
    });
  group
    .command('probe <id>')
    .description('measure their server in its probe directory, and propose endpoint traits')
    .option('--directory <dir>', 'a directory for this once, in place of the configured one')
    .action(async (id: string, { directory }: { readonly directory?: string }) => {
      const { probe } = await import('../acts/recipient-probe.ts');
      await probe(shellOf(), id, directory);
    });
}
