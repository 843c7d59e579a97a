import type { Command } from 'commander';

import type { DoctorOptions } from '../acts/workspace.ts';
import type { Shell } from '../shell.ts';

/** `doctor` and `status`. */
export function registerWorkspace(program: Command, shellOf: () => Shell): void {
  program.command('status').action(async () => {
    const { showStatus } = await import('../acts/workspace.ts');
    await showStatus(shellOf());
  });
  program
    .command('doctor')
    .option('--ready')
    .option('--sources <dir>')
    .action(async (options: DoctorOptions) => {
      const { runChecks } = await import('../acts/workspace.ts');
      await runChecks(shellOf(), options);
    });
}
