import type { Command } from 'commander';

import { cancelHandoff } from '../../../exchange/cancel-handoff.ts';
import { decideHandoff } from '../../../exchange/decide-handoff.ts';
import { requestHandoff } from '../../../exchange/request-handoff.ts';
import { DecisionFault } from '../../../domain/handoff/decision-errors.ts';
import { officerProof, reasonOf } from '../invocation.ts';
import { cancelDocument, decisionDocument, requestDocument } from '../outputs/decision.ts';
import { cancelScreen, decisionScreen, requestScreen } from '../screens/decision-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `handoff request`, `approve`, `decline`, `cancel`. */
export function registerHandoffDecide(group: Command, shellOf: () => Shell): void {
  group
    .command('request <handoff>')
    .description('sign the plan as its requester (when prepare ran without --officer-key)')
    .action(async (handoff: string) => {
      await request(shellOf(), handoff);
    });
  group
    .command('approve <handoff>')
    .description('approve the plan, as someone other than its requester')
    .addHelpText('after', elsewhere)
    .action(async (handoff: string) => {
      await decide(shellOf(), handoff, 'approve');
    });
  group
    .command('decline <handoff>')
    .description('refuse the plan; needs --reason')
    .action(async (handoff: string) => {
      await decide(shellOf(), handoff, 'decline');
    });
  group
    .command('cancel <handoff>')
    .description('withdraw a handoff before anything of it left; needs --reason')
    .action(async (handoff: string) => {
      await cancel(shellOf(), handoff);
    });
}

const elsewhere = `
With --officer-key the statement is signed here. Without it the command writes the statement and
says where; sign it with gpg or a smart card and hand the signature in:
  gpg --detach-sign approve-approver-1.json
  mimamori handoff approve h7k2m9qa --as approver-1 --signature approve-approver-1.json.sig`;

async function request(shell: Shell, handoff: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const proof = await officerProof(shell.options, workspace.inputs, workspace.passphrases);
    if (proof === undefined) throw new DecisionFault('officer-key-required', { act: 'request' });
    await requestHandoff(workspace, { handoff, officer: shell.options.as, proof });
    const row = await workspace.handoffs.get(handoff);
    shell.print(requestScreen(row, shell));
    shell.document(requestDocument(row));
  });
}

async function decide(
  shell: Shell,
  handoff: string,
  decision: 'approve' | 'decline',
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const proof = await officerProof(shell.options, workspace.inputs, workspace.passphrases);
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

async function cancel(shell: Shell, handoff: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    await cancelHandoff(workspace, {
      handoff,
      officer: shell.options.as,
      reason: reasonOf(shell.options),
    });
    const row = await workspace.handoffs.get(handoff);
    shell.print(cancelScreen(row, shell));
    shell.document(cancelDocument(row));
  });
}
