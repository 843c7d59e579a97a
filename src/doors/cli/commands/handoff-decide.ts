import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `handoff request`, `approve`, `decline`, `cancel`. */
export function registerHandoffDecide(group: Command, shellOf: () => Shell): void {
  group
    .command('request <handoff>')
    .description('sign the plan as its requester (when prepare ran without --officer-key)')
    .action(async (handoff: string) => {
      const { request } = await import('../acts/handoff-decide.ts');
      await request(shellOf(), handoff);
    });
  group
    .command('approve <handoff>')
    .description('approve the plan, as someone other than its requester')
    .addHelpText('after', elsewhere)
    .action(async (handoff: string) => {
      const { decide } = await import('../acts/handoff-decide.ts');
      await decide(shellOf(), handoff, 'approve');
    });
  group
    .command('decline <handoff>')
    .description('refuse the plan; needs --reason')
    .action(async (handoff: string) => {
      const { decide } = await import('../acts/handoff-decide.ts');
      await decide(shellOf(), handoff, 'decline');
    });
  group
    .command('cancel <handoff>')
    .description('withdraw a handoff before anything of it left; needs --reason')
    .action(async (handoff: string) => {
      const { cancel } = await import('../acts/handoff-decide.ts');
      await cancel(shellOf(), handoff);
    });
}

const elsewhere = `
With --officer-key the statement is signed here. Without it the command writes
the statement and says where; sign it with gpg or a smart card and hand the
signature in:
  gpg --detach-sign approve-approver-1.json
  mimamori handoff approve h7k2m9qa --as approver-1 \\
    --signature approve-approver-1.json.sig`;
