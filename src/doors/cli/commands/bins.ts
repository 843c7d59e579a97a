import type { Command } from 'commander';

import { importBins } from '../../../exchange/import-bins.ts';
import { showBin } from '../../../exchange/show-bin.ts';
import { pairs } from '../option-values.ts';
import { binDocument, binsImportDocument } from '../outputs/bins.ts';
import { binScreen, binsImportScreen } from '../screens/bins-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** 600,000 ranges with long names stay well below. */
const tableBytesMax = 256 * 1024 * 1024;

/** `bins import`, `bins show`. */
export function registerBins(program: Command, shellOf: () => Shell): void {
  const group = program.command('bins').description('which issuer a card number belongs to');
  group
    .command('import <file>')
    .description('replace the issuer table by a CSV; a table with a mistake changes nothing')
    .option(
      '--columns <map>',
      'low=…,high=…,brand=…,issuer=…,country=…,valid_from=…,valid_to=…',
      pairs,
    )
    .action(async (file: string, options: { columns?: Readonly<Record<string, string>> }) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const bytes = await workspace.inputs.read(file, tableBytesMax);
        const imported = await importBins(workspace, {
          text: new TextDecoder().decode(bytes),
          columns: options.columns ?? {},
          officer: shell.options.as,
        });
        shell.print(binsImportScreen(imported, shell));
        shell.document(binsImportDocument(imported));
      });
    });
  group
    .command('show <bin>')
    .description('brand, issuer and country for the first 6 to 11 digits')
    .action(async (bin: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const answer = await showBin(workspace, bin);
        shell.print(binScreen({ bin, answer }, shell));
        shell.document(binDocument({ bin, answer }));
      });
    });
}
