import type { Command } from 'commander';

import type { ImportOptions, SettleOptions } from '../acts/response.ts';
import type { Shell } from '../shell.ts';

/** `response import`, `collect`, `list`, `show`, `settle`: what recipients answered. */
export function registerResponse(program: Command, shellOf: () => Shell): void {
  const group = program.command('response');
  group
    .command('import <file>')
    .requiredOption('--batch <id>')
    .option('--answered-by <text>')
    .option('--accept-unsigned')
    .option('--accept-differing')
    .option('--accept-nonce')
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
    .command('collect')
    .option('--recipient <id>')
    .action(async (options: { readonly recipient?: string }) => {
      const { collectAnswers } = await import('../acts/response.ts');
      await collectAnswers(shellOf(), options);
    });
  group
    .command('settle <id>')
    .option('--refused-only')
    .action(async (id: string, options: SettleOptions) => {
      const { settleAnswer } = await import('../acts/response.ts');
      await settleAnswer(shellOf(), id, options);
    });
}
