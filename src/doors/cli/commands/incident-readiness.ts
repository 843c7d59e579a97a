import type { Command } from 'commander';

import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { subjects, waiverStates } from '../../../domain/readiness/statements.ts';
import type { ToldOptions } from '../acts/incident-readiness.ts';
import type { Shell } from '../shell.ts';

/** `incident readiness`, `incident told`: whether the notice may be published, and what card companies told us. */
export function registerReadiness(group: Command, shellOf: () => Shell): void {
  group
    .command('readiness <id>')
    .description('can we publish and take calls? exit 1 while something is open')
    .action(async (id: string) => {
      const { readiness } = await import('../acts/incident-readiness.ts');
      await readiness(shellOf(), id);
    });
  group
    .command('told <id> <what>')
    .description(
      `note what a card company told us, or that our desk is briefed: ${subjects.join(', ')}`,
    )
    .option('--issuer <name>', 'of this card company, as the issuer table names it, or unknown')
    .option('--recipient <id>', 'of every card company that this recipient speaks for')
    .option('--since <time>', 'monitoring: since when they watch the cards')
    .option('--state <state>', `waiver: ${waiverStates.join(', ')}`)
    .option('--terms <text>', 'waiver: the terms, as they were told')
    .option('--not-before <date>', 'publication: the first day on which they agree, 2026-12-01')
    .option('--withdraw', 'what was told before does not hold any more; needs --reason')
    .option('--by <text>', 'who said it: name, desk, number called')
    .option('--channel <channel>', `how: ${wordChannels.join(', ')}`)
    .option(
      '--at <time>',
      "when it was said (default: now): 2026-11-22 14:05 in the incident's zone",
    )
    .option('--evidence <file>', 'a mail or scan that backs it; kept in the workspace')
    .addHelpText('after', examples)
    .action(async (id: string, what: string, options: ToldOptions) => {
      const { told } = await import('../acts/incident-readiness.ts');
      await told(shellOf(), id, what, options);
    });
}

const examples = `
Examples:
  mimamori incident told shop-a-2020 monitoring --recipient psp \\
    --since "2026-11-20 10:00" --by "Yamada, PSP desk" --channel phone --as ID
  mimamori incident told shop-a-2020 waiver --issuer "Example Card" \\
    --state granted-with-terms --terms "until 2027-03-31, web orders only" \\
    --by "Sato" --channel mail --evidence answer.eml --as ID
  mimamori incident told shop-a-2020 publication --recipient psp \\
    --not-before 2026-12-01 --by "Yamada" --channel phone --as ID
  mimamori incident told shop-a-2020 desk --as DESK

A later statement takes the place of an earlier one, which is kept; to
contradict one takes --reason. Terms are text: put no amount there that nobody
has named, and no card number.`;
