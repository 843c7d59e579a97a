import type { Command } from 'commander';

import type { PurgeOptions } from '../acts/purge.ts';
import type { Shell } from '../shell.ts';

/** `purge source`. */
export function registerPurge(program: Command, shellOf: () => Shell): void {
  const group = program.command('purge');
  group
    .command('source <file>')
    .option('--force-reason <text>')
    .action(async (file: string, options: PurgeOptions) => {
      const { purge } = await import('../acts/purge.ts');
      await purge(shellOf(), file, options);
    });
}
