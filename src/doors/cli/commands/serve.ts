import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `serve`. */
export function registerServe(program: Command, shellOf: () => Shell): void {
  program.command('serve').action(async () => {
    const { serve } = await import('../acts/serve.ts');
    await serve(shellOf());
  });
}
