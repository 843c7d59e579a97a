import { checkWorkspace } from '../../../exchange/check-workspace.ts';
import { workspaceStatus } from '../../../exchange/workspace-status.ts';
import { doctorDocument, statusDocument } from '../outputs/workspace.ts';
import { doctorScreen } from '../screens/doctor-screen.ts';
import { statusScreen } from '../screens/status-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `status`. */
export async function showStatus(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const status = await workspaceStatus(workspace);
    const now = workspace.clock.now();
    const timeZone = workspace.settings.workspace.time_zone;
    shell.print(statusScreen({ status, now, timeZone }, shell));
    shell.document(statusDocument(status));
  });
}

/** `doctor`. */
export async function runChecks(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const checks = await checkWorkspace(workspace);
    shell.print(doctorScreen(checks, shell));
    shell.document(doctorDocument(checks));
    if (checks.some(({ verdict }) => verdict === 'failed')) shell.setStatus(1);
  });
}
