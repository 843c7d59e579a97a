import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `start`: one handoff by question and answer. */
export function registerStart(program: Command, shellOf: () => Shell): void {
  program.command('start').action(async () => {
    const { start } = await import('../acts/start.ts');
    await start(shellOf());
  });
}
