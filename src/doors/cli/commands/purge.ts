import type { Command } from 'commander';

import type { PurgeIncidentOptions, PurgeOptions } from '../acts/purge.ts';
import type { Shell } from '../shell.ts';

/** `purge source`, `purge incident`. */
export function registerPurge(program: Command, shellOf: () => Shell): void {
  const group = program.command('purge');
  group
    .command('source <file>')
    .option('--force-reason <text>')
    .action(async (file: string, options: PurgeOptions) => {
      const { purge } = await import('../acts/purge.ts');
      await purge(shellOf(), file, options);
    });
  group
    .command('incident <id>')
    .option('--early')
    .option('--second <officer>')
    .option('--second-signature <file>')
    .action(async (id: string, options: PurgeIncidentOptions) => {
      const { purgeOneIncident } = await import('../acts/purge.ts');
      await purgeOneIncident(shellOf(), id, options);
    });
}
