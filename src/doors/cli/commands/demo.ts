import type { Command } from 'commander';

import type { Shell } from '../shell.ts';

/** `demo [--keep DIR]`: a whole handoff with made-up cards, on this machine alone. */
export function registerDemo(program: Command, shellOf: () => Shell): void {
  program
    .command('demo')
    .description('play a sample incident from beginning to end, with made-up cards')
    .option('--keep <dir>', 'leave everything in this empty or new directory, to look around in')
    .addHelpText('after', what)
    .action(async (options: { keep?: string }) => {
      const { demo } = await import('../acts/demo.ts');
      await demo(shellOf(), options.keep);
    });
}

const what = `
Needs nothing but this program: shop, investigator and recipients are played by
a process of their own, with an SFTP server on loopback. The keys are those of
keys.example, which everybody has.
Exit 1 when anything at the end is not as it must be.`;
