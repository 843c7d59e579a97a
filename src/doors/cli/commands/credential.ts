import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `credential`: what opens the workspace where nobody types a passphrase. */
export function registerCredential(program: Command, shellOf: () => Shell): void {
  const group = program.command('credential');
  group.command('create <file>').action(async (file: string) => {
    const { create } = await import('../acts/credential.ts');
    await create(shellOf(), file);
  });
  group.command('revoke').action(async () => {
    const { revoke } = await import('../acts/credential.ts');
    await revoke(shellOf());
  });
}
