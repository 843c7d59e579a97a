import type { Command } from 'commander';

import { pairs } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `bins import`, `bins show`. */
export function registerBins(program: Command, shellOf: () => Shell): void {
  const group = program.command('bins');
  group
    .command('import <file>')
    .option('--columns <map>', '', pairs)
    .action(async (file: string, options: { columns?: Readonly<Record<string, string>> }) => {
      const { importTable } = await import('../acts/bins.ts');
      await importTable(shellOf(), file, options);
    });
  group.command('show <bin>').action(async (bin: string) => {
    const { showIssuer } = await import('../acts/bins.ts');
    await showIssuer(shellOf(), bin);
  });
}
