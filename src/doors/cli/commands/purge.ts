import type { Command } from 'commander';

import type { PurgeOptions } from '../acts/purge.ts';
import type { Shell } from '../shell.ts';

/** `purge source`. */
export function registerPurge(program: Command, shellOf: () => Shell): void {
  const group = program.command('purge').description('remove what is not needed any more');
  group
    .command('source <file>')
    .description('remove a source that was handed over; says what was done and what is not proven')
    .option('--force-reason <text>', 'why it goes although its cards were not handed over')
    .action(async (file: string, options: PurgeOptions) => {
      const { purge } = await import('../acts/purge.ts');
      await purge(shellOf(), file, options);
    });
}
