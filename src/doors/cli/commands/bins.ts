import type { Command } from 'commander';

import { pairs } from '../option-values.ts';
import type { Shell } from '../shell.ts';

/** `bins import`, `bins show`. */
export function registerBins(program: Command, shellOf: () => Shell): void {
  const group = program.command('bins').description('which issuer a card number belongs to');
  group
    .command('import <file>')
    .description('replace the issuer table by a CSV; a table with a mistake changes nothing')
    .option(
      '--columns <map>',
      'low=…,high=…,brand=…, also issuer=…,country=…, valid_from=…,valid_to=…',
      pairs,
    )
    .action(async (file: string, options: { columns?: Readonly<Record<string, string>> }) => {
      const { importTable } = await import('../acts/bins.ts');
      await importTable(shellOf(), file, options);
    });
  group
    .command('show <bin>')
    .description('brand, issuer and country for the first 6 to 11 digits')
    .action(async (bin: string) => {
      const { showIssuer } = await import('../acts/bins.ts');
      await showIssuer(shellOf(), bin);
    });
}
