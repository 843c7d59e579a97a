import type { Command } from 'commander';

import { checkWorkspace } from '../../../exchange/check-workspace.ts';
import { workspaceStatus } from '../../../exchange/workspace-status.ts';
import { doctorDocument, statusDocument } from '../outputs/workspace.ts';
import { doctorScreen } from '../screens/doctor-screen.ts';
import { statusScreen } from '../screens/status-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `doctor` and `status`. */
export function registerWorkspace(program: Command, shellOf: () => Shell): void {
  program
    .command('status')
    .description('what waits for you, what waits for others, what is about to end')
    .action(async () => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const status = await workspaceStatus(workspace);
        const now = workspace.clock.now();
        const timeZone = workspace.settings.workspace.time_zone;
        shell.print(statusScreen({ status, now, timeZone }, shell));
        shell.document(statusDocument(status));
      });
    });
  program
    .command('doctor')
    .description('check machine, files, people, certificates and log; exit 1 when something fails')
    .action(async () => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const checks = await checkWorkspace(workspace);
        shell.print(doctorScreen(checks, shell));
        shell.document(doctorDocument(checks));
        if (checks.some(({ verdict }) => verdict === 'failed')) shell.setStatus(1);
      });
    });
}
