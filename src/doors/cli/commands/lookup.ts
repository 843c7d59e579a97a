import type { Command } from 'commander';

import type { LookupOptions, OrderOptions } from '../acts/lookup.ts';
import type { Shell } from '../shell.ts';

/** `lookup card`, `order`, `person`: answers for callers. */
export function registerLookup(program: Command, shellOf: () => Shell): void {
  const group = program.command('lookup');
  group
    .command('card')
    .option('--incident <id>')
    .option('--stdin')
    .action(async (options: LookupOptions) => {
      const { lookupCard } = await import('../acts/lookup.ts');
      await lookupCard(shellOf(), options);
    });
  group
    .command('order <reference>')
    .option('--incident <id>')
    .option('--merchant <id>')
    .option('--last-four <digits>')
    .action(async (reference: string, options: OrderOptions) => {
      const { lookupOrder } = await import('../acts/lookup.ts');
      await lookupOrder(shellOf(), reference, options);
    });
  group
    .command('person')
    .option('--incident <id>')
    .option('--stdin')
    .action(async (options: LookupOptions) => {
      const { lookupPerson } = await import('../acts/lookup.ts');
      await lookupPerson(shellOf(), options);
    });
}
