import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `doctor` and `status`. */
export function registerWorkspace(program: Command, shellOf: () => Shell): void {
  program
    .command('status')
    .description('what waits for you, what waits for others, what is about to end')
    .action(async () => {
      const { showStatus } = await import('../acts/workspace.ts');
      await showStatus(shellOf());
    });
  program
    .command('doctor')
    .description('check machine, files, people, certificates and log; exit 1 when something fails')
    .action(async () => {
      const { runChecks } = await import('../acts/workspace.ts');
      await runChecks(shellOf());
    });
}
