import { importBins } from '../../../exchange/configuration/import-bins.ts';
import { showBin } from '../../../exchange/configuration/show-bin.ts';
import { binDocument, binsImportDocument } from '../outputs/bins.ts';
import { binScreen, binsImportScreen } from '../screens/bins-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** 600,000 ranges with long names stay well below. */
const tableBytesMax = 256 * 1024 * 1024;

/** `bins import`. */
export async function importTable(
  shell: Shell,
  file: string,
  options: { columns?: Readonly<Record<string, string>> },
): Promise<void> {
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
}

/** `bins show`. */
export async function showIssuer(shell: Shell, bin: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const answer = await showBin(workspace, bin);
    shell.print(binScreen({ bin, answer }, shell));
    shell.document(binDocument({ bin, answer }));
  });
}
