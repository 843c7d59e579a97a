import type { Command } from 'commander';

import type { ToldOptions } from '../acts/incident-readiness.ts';
import type { Shell } from '../shell.ts';

/** `incident readiness`, `incident told`: whether the notice may be published, and what card companies told us. */
export function registerReadiness(group: Command, shellOf: () => Shell): void {
  group.command('readiness <id>').action(async (id: string) => {
    const { readiness } = await import('../acts/incident-readiness.ts');
    await readiness(shellOf(), id);
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
