import type { Command } from 'commander';

import { listFindings } from '../../../exchange/list-findings.ts';
import { showHandoff } from '../../../exchange/show-handoff.ts';
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

/** `handoff list`, `show`, `review`, `findings`, `held`: they read only, and need no secret. */
export function registerHandoffRead(group: Command, shellOf: () => Shell): void {
  group
    .command('list')
    .description('all handoffs, oldest first')
    .option('--incident <id>', 'only of this incident')
    .action(async (options: { incident?: string }) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const rows = await workspace.handoffs.list(options.incident);
        const all = await Promise.all(
          rows.map(async (row) => ({ row, batches: await workspace.handoffs.batchesOf(row.id) })),
        );
        shell.print(handoffListScreen(all, shell));
        shell.document(handoffsDocument(all));
      });
    });
  group
    .command('show <handoff>')
    .description('how far each file of a handoff has got, and on what evidence')
    .action(async (id: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const shown = await showHandoff(workspace, id);
        shell.print(handoffScreen(shown, shell));
        shell.document(handoffDocument(shown));
      });
    });
  group
    .command('review <handoff>')
    .description('what the approver decides on: counts by recipient and issuer, truncated samples')
    .action(async (id: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const shown = await showHandoff(workspace, id);
        shell.print(reviewScreen(shown, shell));
        shell.document(reviewDocument(shown));
      });
    });
  registerFindings(group, shellOf);
}

function registerFindings(group: Command, shellOf: () => Shell): void {
  group
    .command('findings <handoff>')
    .description('every excluded or held record by source, line and reason')
    .option('--only <reason>', 'only this reason')
    .action(async (id: string, options: { only?: string }) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const found = await listFindings(workspace, id, options.only);
        shell.print(findingsScreen(found, shell));
        shell.document(findingsDocument(found));
      });
    });
  group
    .command('held <handoff>')
    .description('records that wait for a decision, and what decides them')
    .action(async (id: string) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const found = await listFindings(workspace, id, 'held');
        shell.print(heldScreen(found, shell));
        shell.document(findingsDocument(found));
      });
    });
}
