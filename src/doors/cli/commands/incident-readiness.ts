import type { Command } from 'commander';

import type { ToldOptions } from '../acts/incident-readiness.ts';
import type { Shell } from '../shell.ts';

/**
 * `incident readiness`, `incident told`, `incident export`: whether the notice may be published, what card companies told
 * us, and everything for reviewers.
 */
export function registerReadiness(group: Command, shellOf: () => Shell): void {
  group.command('readiness <id>').action(async (id: string) => {
    const { readiness } = await import('../acts/incident-readiness.ts');
    await readiness(shellOf(), id);
  });
  group.command('export <id> <dir>').action(async (id: string, directory: string) => {
    const { exportKit } = await import('../acts/incident-export.ts');
    await exportKit(shellOf(), id, directory);
  });
  group
    .command('told <id> <what>')
    .option('--issuer <name>')
    .option('--recipient <id>')
    .option('--since <time>')
    .option('--state <state>')
    .option('--terms <text>')
    .option('--not-before <date>')
    .option('--withdraw')
    .option('--by <text>')
    .option('--channel <channel>')
    .option('--at <time>')
    .option('--evidence <file>')
    .action(async (id: string, what: string, options: ToldOptions) => {
      const { told } = await import('../acts/incident-readiness.ts');
      await told(shellOf(), id, what, options);
    });
}
