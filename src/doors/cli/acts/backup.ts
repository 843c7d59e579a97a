import { dirname } from 'node:path';

import { makeBackup } from '../../../exchange/backup/make-backup.ts';
import { backupDocument } from '../outputs/backup.ts';
import { ProgressLine } from '../progress-line.ts';
import { backupScreen } from '../screens/backup-screen.ts';
import { placeLines } from '../screens/doctor-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `backup`. */
export async function backup(shell: Shell, output: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const progress = new ProgressLine(shell.sink, shell.language);
    const made = await makeBackup(workspace, {
      output,
      directory: dirname(output),
      officer: shell.options.as,
      signal: shell.signal,
      onProgress: (done, total) => {
        progress.report({ phase: 'saving', done, total, count: done });
      },
    }).finally(() => {
      progress.end();
    });
    shell.print(placeLines(made.places, shell));
    shell.print(backupScreen(made, output, shell));
    shell.document(backupDocument(made, output));
  });
}
