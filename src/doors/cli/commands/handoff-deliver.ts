import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `handoff deliver`, `retry`, `resolve`. */
export function registerHandoffDeliver(group: Command, shellOf: () => Shell): void {
  group
    .command('deliver <handoff>')
    .option('--recipient <id>')
    .option('--emergency')
    .action(async (handoff: string, options: { recipient?: string; emergency?: boolean }) => {
      const { deliver } = await import('../acts/handoff-deliver.ts');
      await deliver(shellOf(), handoff, options);
    });
  group.command('retry <batch>').action(async (batch: string) => {
    const { settle } = await import('../acts/handoff-deliver.ts');
    await settle(shellOf(), batch, undefined, undefined);
  });
  group
    .command('resolve <batch>')
    .requiredOption('--outcome <outcome>')
    .option('--evidence <file>')
    .action(async (batch: string, options: { outcome: string; evidence?: string }) => {
      const { settle } = await import('../acts/handoff-deliver.ts');
      await settle(shellOf(), batch, options.outcome, options.evidence);
    });
}
