import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `start`: one handoff by question and answer. */
export function registerStart(program: Command, shellOf: () => Shell): void {
  program
    .command('start')
    .description('be asked, step by step, for everything that one handoff needs (at a terminal)')
    .addHelpText('after', more)
    .action(async () => {
      const { start } = await import('../acts/start.ts');
      await start(shellOf());
    });
}

const more = `
Asks for the incident, the source, the recipient and the review, prepares the
handoff and says what the approver has to do. Each step prints the command that
does the same. Nothing is sent; Ctrl-C stops at any question.`;
