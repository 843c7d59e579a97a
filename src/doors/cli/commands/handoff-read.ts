import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `handoff list`, `show`, `review`, `findings`, `held`: they read only, and need no secret. */
export function registerHandoffRead(group: Command, shellOf: () => Shell): void {
  group
    .command('list')
    .description('all handoffs, oldest first')
    .option('--incident <id>', 'only of this incident')
    .action(async (options: { incident?: string }) => {
      const { listHandoffs } = await import('../acts/handoff-read.ts');
      await listHandoffs(shellOf(), options);
    });
  group
    .command('show <handoff>')
    .description('how far each file of a handoff has got, and on what evidence')
    .action(async (id: string) => {
      const { showProgress } = await import('../acts/handoff-read.ts');
      await showProgress(shellOf(), id);
    });
  group
    .command('review <handoff>')
    .description('what the approver decides on: counts by recipient and issuer, truncated samples')
    .action(async (id: string) => {
      const { showReview } = await import('../acts/handoff-read.ts');
      await showReview(shellOf(), id);
    });
  registerFindings(group, shellOf);
}

function registerFindings(group: Command, shellOf: () => Shell): void {
  group
    .command('findings <handoff>')
    .description('every excluded or held record by source, line and reason')
    .option('--only <reason>', 'only this reason')
    .option('--merchant <id>', 'only records of this merchant')
    .action(async (id: string, options: { only?: string; merchant?: string }) => {
      const { showFindings } = await import('../acts/handoff-read.ts');
      await showFindings(shellOf(), id, options);
    });
  group
    .command('held <handoff>')
    .description('records that wait for a decision, and what decides them')
    .action(async (id: string) => {
      const { showHeld } = await import('../acts/handoff-read.ts');
      await showHeld(shellOf(), id);
    });
}
