import type { Command } from 'commander';

import { wordChannels, wordRungs } from '../../../domain/handoff/persons-word.ts';
import type { RecordOptions } from '../acts/handoff-record.ts';
import type { Shell } from '../shell.ts';

/** `handoff record`: a person's word about a file that has left; `handoff summary`. */
export function registerHandoffRecord(group: Command, shellOf: () => Shell): void {
  group
    .command('record <batch>')
    .description(
      'note what a person said of a file that has left; kept apart from machine evidence',
    )
    .requiredOption('--rung <rung>', `what they said: ${wordRungs.join(' or ')}`)
    .requiredOption('--channel <channel>', `how: ${wordChannels.join(', ')}`)
    .requiredOption('--by <text>', 'who said it: name, desk, number called')
    .requiredOption(
      '--at <time>',
      "when: 2026-11-22 14:05 in the incident's zone, or with an offset",
    )
    .option('--evidence <file>', 'a mail or scan that backs it; kept in the workspace')
    .action(async (batch: string, options: RecordOptions) => {
      const { record } = await import('../acts/handoff-record.ts');
      await record(shellOf(), batch, options);
    });
  group
    .command('summary <handoff>')
    .description('one page to print and file: counts, recipients, approvals, evidence')
    .action(async (handoff: string) => {
      const { summary } = await import('../acts/handoff-record.ts');
      await summary(shellOf(), handoff);
    });
}
