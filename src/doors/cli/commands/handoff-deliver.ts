import type { Command } from 'commander';

import { outcomes } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `handoff deliver`, `retry`, `resolve`. */
export function registerHandoffDeliver(group: Command, shellOf: () => Shell): void {
  group
    .command('deliver <handoff>')
    .description('send the approved files to their recipients')
    .option('--recipient <id>', "only this recipient's files")
    .option('--emergency', 'as its requester alone, where the policy allows it; needs --reason')
    .action(async (handoff: string, options: { recipient?: string; emergency?: boolean }) => {
      const { deliver } = await import('../acts/handoff-deliver.ts');
      await deliver(shellOf(), handoff, options);
    });
  group
    .command('retry <batch>')
    .description('let a failed file be sent again: same bytes, same name')
    .action(async (batch: string) => {
      const { settle } = await import('../acts/handoff-deliver.ts');
      await settle(shellOf(), batch, undefined, undefined);
    });
  group
    .command('resolve <batch>')
    .description('say what became of a file whose delivery is unknown; needs --reason')
    .requiredOption('--outcome <outcome>', outcomes.join(', '))
    .option('--evidence <file>', 'a file that backs it; its digest goes into the log')
    .action(async (batch: string, options: { outcome: string; evidence?: string }) => {
      const { settle } = await import('../acts/handoff-deliver.ts');
      await settle(shellOf(), batch, options.outcome, options.evidence);
    });
}
