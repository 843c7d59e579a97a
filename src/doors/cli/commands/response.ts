import type { Command } from 'commander';

import type { ImportOptions, SettleOptions } from '../acts/response.ts';
import type { Shell } from '../shell.ts';

/** `response import`, `list`, `show`, `settle`: what recipients answered about references. */
export function registerResponse(program: Command, shellOf: () => Shell): void {
  const group = program.command('response');
  group
    .command('import <file>')
    .requiredOption('--batch <id>')
    .option('--answered-by <text>')
    .option('--accept-unsigned')
    .option('--accept-differing')
    .action(async (file: string, options: ImportOptions) => {
      const { importAnswer } = await import('../acts/response.ts');
      await importAnswer(shellOf(), file, options);
    });
  group.command('list').action(async () => {
    const { listAnswers } = await import('../acts/response.ts');
    await listAnswers(shellOf());
  });
  group.command('show <batch>').action(async (batch: string) => {
    const { showAnswer } = await import('../acts/response.ts');
    await showAnswer(shellOf(), batch);
  });
  group
    .command('settle <batch>')
    .option('--refused-only')
    .action(async (batch: string, options: SettleOptions) => {
      const { settleAnswer } = await import('../acts/response.ts');
      await settleAnswer(shellOf(), batch, options);
    });
}
