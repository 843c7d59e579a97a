import { cancelHandoff } from '../../../exchange/handoff/cancel-handoff.ts';
import { decideHandoff } from '../../../exchange/handoff/decide-handoff.ts';
import { requestHandoff } from '../../../exchange/handoff/request-handoff.ts';
import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import { officerProof, reasonOf } from '../invocation.ts';
import { cancelDocument, decisionDocument, requestDocument } from '../outputs/decision.ts';
import { cancelScreen, decisionScreen, requestScreen } from '../screens/decision-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `handoff request`. */
export async function request(shell: Shell, handoff: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const proof = await officerProof(shell.options, workspace);
    if (proof === undefined) throw new DecisionFault('officer-key-required', { act: 'request' });
    await requestHandoff(workspace, { handoff, officer: shell.options.as, proof });
    const row = await workspace.handoffs.get(handoff);
    shell.print(requestScreen(row, shell));
    shell.document(requestDocument(row));
  });
}

/** `handoff approve`, `handoff decline`. */
export async function decide(
  shell: Shell,
  handoff: string,
  decision: 'approve' | 'decline',
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const proof = await officerProof(shell.options, workspace);
    const decided = await decideHandoff(workspace, {
      handoff,
      decision,
      officer: shell.options.as,
      reason: reasonOf(shell.options),
      proof,
    });
    const row = await workspace.handoffs.get(handoff);
    const batches = await workspace.handoffs.batchesOf(handoff);
    const by = shell.options.as ?? '';
    shell.print(decisionScreen({ row, batches, decided, by, decision }, shell));
    shell.document(decisionDocument({ row, batches, decided, by }));
  });
}

/** `handoff cancel`. */
export async function cancel(
  shell: Shell,
  handoff: string,
  { rest }: { readonly rest?: true },
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    await cancelHandoff(workspace, {
      handoff,
      extent: rest === true ? 'rest' : 'whole',
      officer: shell.options.as,
      reason: reasonOf(shell.options),
    });
    const row = await workspace.handoffs.get(handoff);
    const batches = await workspace.handoffs.batchesOf(handoff);
    shell.print(cancelScreen(row, batches, shell));
    shell.document(cancelDocument(row, batches));
  });
}
