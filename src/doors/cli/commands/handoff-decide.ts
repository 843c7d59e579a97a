import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `handoff request`, `approve`, `decline`, `cancel`. */
export function registerHandoffDecide(group: Command, shellOf: () => Shell): void {
  group.command('request <handoff>').action(async (handoff: string) => {
    const { request } = await import('../acts/handoff-decide.ts');
    await request(shellOf(), handoff);
  });
  group.command('approve <handoff>').action(async (handoff: string) => {
    const { decide } = await import('../acts/handoff-decide.ts');
    await decide(shellOf(), handoff, 'approve');
  });
  group.command('decline <handoff>').action(async (handoff: string) => {
    const { decide } = await import('../acts/handoff-decide.ts');
    await decide(shellOf(), handoff, 'decline');
  });
  group
    .command('cancel <handoff>')
    .option('--rest')
    .action(async (handoff: string, options: { rest?: true }) => {
      const { cancel } = await import('../acts/handoff-decide.ts');
      await cancel(shellOf(), handoff, options);
    });
}
