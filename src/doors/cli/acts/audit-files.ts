import { exportAudit } from '../../../exchange/export-audit.ts';
import { exportDocument } from '../outputs/audit-files.ts';
import { exportGuides } from '../screens/export-guide.ts';
import { exportScreen } from '../screens/export-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `audit export`. */
export async function exportLog(shell: Shell, directory: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const made = await exportAudit(workspace, {
      directory,
      isSignedFirst: shell.options.passphraseFile !== undefined,
      guides: exportGuides,
      signal: shell.signal,
    });
    shell.print(exportScreen(made, directory, shell));
    shell.document(exportDocument(made, directory));
  });
}
