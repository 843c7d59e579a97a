import type { Command } from 'commander';

import type { ImportOptions } from '../acts/response.ts';
import type { Shell } from '../shell.ts';

/** `response import`, `list`, `show`, `settle`: what recipients answered about references. */
export function registerResponse(program: Command, shellOf: () => Shell): void {
  const group = program
    .command('response')
    .description('answers of recipients: brand, issuer and last four digits of references');
  group
    .command('import <file>')
    .description('take in an answer about one batch; - is standard input')
    .requiredOption('--batch <id>', 'the batch it answers')
    .option('--answered-by <text>', 'who sent it: name, desk')
    .option('--accept-unsigned', 'take it although it came in clear; needs --reason')
    .option(
      '--accept-differing',
      'take rows that contradict what the shop knew of a card; needs --reason',
    )
    .action(async (file: string, options: ImportOptions) => {
      const { importAnswer } = await import('../acts/response.ts');
      await importAnswer(shellOf(), file, options);
    });
  group
    .command('list')
    .description('every answer that was taken in, oldest first')
    .action(async () => {
      const { listAnswers } = await import('../acts/response.ts');
      await listAnswers(shellOf());
    });
  group
    .command('show <batch>')
    .description('how far a batch is answered: counts, what was not found and why')
    .action(async (batch: string) => {
      const { showAnswer } = await import('../acts/response.ts');
      await showAnswer(shellOf(), batch);
    });
  group
    .command('settle <batch>')
    .description('say that what is still open of it will not be resolved; needs --reason')
    .action(async (batch: string) => {
      const { settleAnswer } = await import('../acts/response.ts');
      await settleAnswer(shellOf(), batch);
    });
}
