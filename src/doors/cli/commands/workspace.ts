import type { Command } from 'commander';

import type { DoctorOptions } from '../acts/workspace.ts';
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
    .option('--ready', 'could we hand off tonight, and what is missing; exit 1 when something is')
    .option('--sources <dir>', 'where sources will lie (with --ready: this directory)')
    .action(async (options: DoctorOptions) => {
      const { runChecks } = await import('../acts/workspace.ts');
      await runChecks(shellOf(), options);
    });
}
