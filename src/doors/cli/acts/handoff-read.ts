import { listFindings } from '../../../exchange/handoff/list-findings.ts';
import { noticeOverdue } from '../../../exchange/incident/notice-overdue.ts';
import { showHandoff } from '../../../exchange/handoff/show-handoff.ts';
import {
  handoffDocument,
  handoffsDocument,
  reviewDocument,
  findingsDocument,
} from '../outputs/handoff.ts';
import { findingsScreen, heldScreen } from '../screens/findings-screen.ts';
import { handoffListScreen } from '../screens/handoff-list-screen.ts';
import { handoffScreen } from '../screens/handoff-screen.ts';
import { reviewScreen } from '../screens/review-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `handoff list`. */
export async function listHandoffs(shell: Shell, options: { incident?: string }): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    await noticeOverdue(workspace);
    const rows = await workspace.handoffs.list(options.incident);
    const purged = new Set(
      (await workspace.incidents.list())
        .filter(({ purge }) => purge !== undefined)
        .map(({ incident }) => incident.id),
    );
    const all = await Promise.all(
      rows.map(async (row) => ({
        ...{ row, batches: await workspace.handoffs.batchesOf(row.id) },
        isPurged: purged.has(row.incident),
      })),
    );
    shell.print(handoffListScreen(all, shell));
    shell.document(handoffsDocument(all));
  });
}

/** `handoff show`. */
export async function showProgress(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    await noticeOverdue(workspace);
    const shown = await showHandoff(workspace, id);
    shell.print(handoffScreen(shown, shell));
    shell.document(handoffDocument(shown));
  });
}

/** `handoff review`. */
export async function showReview(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const shown = await showHandoff(workspace, id);
    shell.print(reviewScreen(shown, shell));
    shell.document(reviewDocument(shown));
  });
}

/** `handoff findings`. */
export async function showFindings(
  shell: Shell,
  id: string,
  options: { only?: string; merchant?: string },
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const found = await listFindings(workspace, id, options.only, options.merchant);
    shell.print(findingsScreen(found, shell));
    shell.document(findingsDocument(found));
  });
}

/** `handoff held`. */
export async function showHeld(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const found = await listFindings(workspace, id, 'held');
    shell.print(heldScreen(found, shell));
    shell.document(findingsDocument(found));
  });
}
