import type { Command } from 'commander';

import type { RecordOptions } from '../acts/handoff-record.ts';
import type { Shell } from '../shell.ts';

/** `handoff record`: a person's word about a file that has left; `handoff summary`. */
export function registerHandoffRecord(group: Command, shellOf: () => Shell): void {
  group
    .command('record <batch>')
    .requiredOption('--rung <rung>')
    .requiredOption('--channel <channel>')
    .requiredOption('--by <text>')
    .requiredOption('--at <time>')
    .option('--evidence <file>')
    .action(async (batch: string, options: RecordOptions) => {
      const { record } = await import('../acts/handoff-record.ts');
      await record(shellOf(), batch, options);
    });
  group.command('summary <handoff>').action(async (handoff: string) => {
    const { summary } = await import('../acts/handoff-record.ts');
    await summary(shellOf(), handoff);
  });
}
