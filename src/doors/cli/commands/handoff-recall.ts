import type { Command } from 'commander';

import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import type { RecallOptions } from '../acts/handoff-recall.ts';
import { reasonOf } from '../invocation.ts';
import { collect } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `handoff recall`: asks recipients to set cards aside that were handed off. */
export function registerHandoffRecall(group: Command, shellOf: () => Shell): void {
  group
    .command('recall')
    .requiredOption('--incident <id>')
    .option('--batch <batch>', '', collect)
    .option('--whole')
    .option('--records <file>')
    .option('--dry-run')
    .action(async (options: RecallOptions) => {
      const shell = shellOf();
      if (reasonOf(shell.options) === undefined) {
        throw new DecisionFault('reason-required', { act: 'recall' });
      }
      const { recall } = await import('../acts/handoff-recall.ts');
      await recall(shell, options);
    });
}
