import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `recipient list`, `recipient show`. */
export function registerRecipientRead(group: Command, shellOf: () => Shell): void {
  group.command('list').action(async () => {
    const { listRecipients } = await import('../acts/recipient-read.ts');
    await listRecipients(shellOf());
  });
  group.command('show <id>').action(async (id: string) => {
    const { showRecipient } = await import('../acts/recipient-read.ts');
    await showRecipient(shellOf(), id);
  });
}
