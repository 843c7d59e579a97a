import type { Command } from 'commander';

import type { RestoreOptions } from '../acts/restore.ts';
import { collect } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `backup` and `restore`. */
export function registerBackup(program: Command, shellOf: () => Shell): void {
  program.command('backup <file>').action(async (file: string) => {
    const { backup } = await import('../acts/backup.ts');
    await backup(shellOf(), file);
  });
  program
    .command('restore <file> <dir>')
    .option('--against <file>', '', collect)
    .action(async (file: string, dir: string, options: RestoreOptions) => {
      const { restore } = await import('../acts/restore.ts');
      await restore(shellOf(), file, dir, options);
    });
}
