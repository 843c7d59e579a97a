import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `handoff list`, `show`, `review`, `findings`, `held`: they read only, and need no secret. */
export function registerHandoffRead(group: Command, shellOf: () => Shell): void {
  group
    .command('list')
    .option('--incident <id>')
    .action(async (options: { incident?: string }) => {
      const { listHandoffs } = await import('../acts/handoff-read.ts');
      await listHandoffs(shellOf(), options);
    });
  group.command('show <handoff>').action(async (id: string) => {
    const { showProgress } = await import('../acts/handoff-read.ts');
    await showProgress(shellOf(), id);
  });
  group.command('review <handoff>').action(async (id: string) => {
    const { showReview } = await import('../acts/handoff-read.ts');
    await showReview(shellOf(), id);
  });
  registerFindings(group, shellOf);
}

function registerFindings(group: Command, shellOf: () => Shell): void {
  group
    .command('findings <handoff>')
    .option('--only <reason>')
    .option('--merchant <id>')
    .action(async (id: string, options: { only?: string; merchant?: string }) => {
      const { showFindings } = await import('../acts/handoff-read.ts');
      await showFindings(shellOf(), id, options);
    });
  group.command('held <handoff>').action(async (id: string) => {
    const { showHeld } = await import('../acts/handoff-read.ts');
    await showHeld(shellOf(), id);
  });
}
