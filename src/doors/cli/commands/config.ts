import type { Command } from 'commander';

import type { ApproveOptions } from '../acts/config.ts';
import type { Shell } from '../shell.ts';

/** `config diff|propose|show|approve|drop|history`. */
export function registerConfig(program: Command, shellOf: () => Shell): void {
  const group = program.command('config');
  group.command('diff').action(async () => {
    const { showDifference } = await import('../acts/config.ts');
    await showDifference(shellOf());
  });
  group.command('propose').action(async () => {
    const { propose } = await import('../acts/config.ts');
    await propose(shellOf());
  });
  group.command('show <digest>').action(async (digest: string) => {
    const { showVersion } = await import('../acts/config.ts');
    await showVersion(shellOf(), digest);
  });
  group
    .command('approve <digest>')
    .option('--emergency')
    .action(async (digest: string, options: ApproveOptions) => {
      const { approve } = await import('../acts/config.ts');
      await approve(shellOf(), digest, options);
    });
  group.command('drop <digest>').action(async (digest: string) => {
    const { drop } = await import('../acts/config.ts');
    await drop(shellOf(), digest);
  });
  group.command('history').action(async () => {
    const { showHistory } = await import('../acts/config.ts');
    await showHistory(shellOf());
  });
}
