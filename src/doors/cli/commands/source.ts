import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `source list`: what was brought into boxes. */
export function registerSource(program: Command, shellOf: () => Shell): void {
  const group = program.command('source');
  group.command('list').action(async () => {
    const { listBrought } = await import('../acts/source.ts');
    await listBrought(shellOf());
  });
}
