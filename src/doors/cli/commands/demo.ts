import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `demo [--keep DIR]`: a whole handoff with made-up cards, on this machine alone. */
export function registerDemo(program: Command, shellOf: () => Shell): void {
  program
    .command('demo')
    .option('--keep <dir>')
    .action(async (options: { keep?: string }) => {
      const { demo } = await import('../acts/demo.ts');
      await demo(shellOf(), options.keep);
    });
}
