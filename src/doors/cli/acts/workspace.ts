import { checkPlace } from '../../../exchange/status/check-places.ts';
import { checkReady } from '../../../exchange/status/check-ready.ts';
import { checkWorkspace } from '../../../exchange/status/check-workspace.ts';
import { noticeOverdue } from '../../../exchange/incident/notice-overdue.ts';
import type { Restored } from '../../../exchange/backup/restored-standing.ts';
import { workspaceStatus } from '../../../exchange/status/workspace-status.ts';
import { doctorDocument, statusDocument } from '../outputs/workspace.ts';
import { doctorScreen } from '../screens/doctor-screen.ts';
import { statusScreen } from '../screens/status-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `status`. */
export async function showStatus(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    if (mayChange(workspace)) await noticeOverdue(workspace);
    const status = await workspaceStatus(workspace);
    const now = workspace.clock.now();
    const timeZone = workspace.settings.workspace.time_zone;
    shell.print(statusScreen({ status, now, timeZone }, shell));
    shell.document(statusDocument(status));
  });
}

export interface DoctorOptions {
  readonly ready?: boolean;
  readonly sources?: string;
}

/** `doctor`; with `--ready`, whether a handoff could be made tonight. */
export async function runChecks(shell: Shell, options: DoctorOptions): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    if (mayChange(workspace)) await noticeOverdue(workspace);
    const asked = options.ready === true ? 'tonight' : 'health';
    const { passphraseFile } = shell.options;
    const { sources = '.' } = options;
    const checks =
      asked === 'tonight'
        ? await checkReady(workspace, { passphraseFile, sources })
        : [
            ...(await checkWorkspace(workspace)),
            ...(await checkPlace(workspace, 'workspace-place', workspace.folder.root)),
            ...(options.sources === undefined
              ? []
              : await checkPlace(workspace, 'source-place', sources)),
          ];
    shell.print(doctorScreen(checks, shell, asked));
    shell.document(doctorDocument(checks, asked));
    if (checks.some(({ verdict }) => verdict === 'failed')) shell.setStatus(1);
  });
}

/** A restored workspace that something outside contradicts is only read. */
function mayChange({ restored }: { readonly restored?: Restored | undefined }): boolean {
  return restored?.standing.mayGoOn !== false;
}
