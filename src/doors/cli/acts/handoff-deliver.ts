import { createHash } from 'node:crypto';

import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { resolvedOutcomes } from '../../../domain/handoff/delivery-states.ts';
import type { ResolvedOutcome } from '../../../domain/handoff/delivery-states.ts';
import { declareEmergency } from '../../../exchange/delivery/declare-emergency.ts';
import { deliverHandoff } from '../../../exchange/delivery/deliver-handoff.ts';
import { noticeOverdue } from '../../../exchange/incident/notice-overdue.ts';
import { resolveBatch, retryBatch } from '../../../exchange/delivery/settle-batch.ts';
import { isEndedOffer, offerAgain } from '../../../exchange/pickup/offer-again.ts';
import { isToBeFetched } from '../../../exchange/pickup/offer-batch.ts';
import { serveStatus } from '../../../exchange/serve/serve-status.ts';
import { deliveryExitStatus } from '../delivery-status.ts';
import { officerProof, reasonOf } from '../invocation.ts';
import { batchDocument, deliverDocument } from '../outputs/delivery.ts';
import { ProgressLine } from '../progress-line.ts';
import { deliverScreen, settledScreen } from '../screens/deliver-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

type Workspace = Parameters<Parameters<typeof withWorkspace>[1]>[0];

const evidenceBytesMax = 32 * 1024 * 1024;

/** `handoff deliver`. */
export async function deliver(
  shell: Shell,
  handoff: string,
  options: { readonly recipient?: string; readonly emergency?: boolean },
): Promise<void> {
  const progress = new ProgressLine(shell.sink, shell.language);
  await withWorkspace(shell, async (workspace) => {
    await noticeOverdue(workspace);
    if (options.emergency === true) await declare(shell, workspace, handoff);
    const delivered = await deliverHandoff(workspace, {
      handoff,
      officer: shell.options.as,
      recipient: options.recipient,
      signal: shell.signal,
      onProgress: (batch, to, done, total) => {
        progress.report({
          phase: 'sending',
          done,
          total,
          count: done,
          recipient: `${batch} → ${to}`,
        });
      },
    }).finally(() => {
      progress.end();
    });
    const batches = await workspace.handoffs.batchesOf(handoff);
    const isOffered = delivered.reports.some(({ state }) => isToBeFetched(state));
    const made = {
      ...{ delivered, batches },
      ...(isOffered ? { isServed: (await serveStatus(workspace)).isRunning } : {}),
    };
    shell.print(deliverScreen(made, shell));
    shell.document(deliverDocument(made));
    shell.setStatus(deliveryExitStatus(delivered.reports));
  });
}

/** `--emergency`: the requester's signature, made here, stands in for the approvals for 24 hours. */
async function declare(shell: Shell, workspace: Workspace, handoff: string): Promise<void> {
  const { options } = shell;
  const proof = await officerProof(options, workspace);
  const reason = reasonOf(options);
  await declareEmergency(workspace, { handoff, officer: options.as, reason, proof });
}

/** `handoff retry`, and `handoff resolve` with an outcome. */
export async function settle(
  shell: Shell,
  batch: string,
  outcome: string | undefined,
  evidence: string | undefined,
): Promise<void> {
  if (outcome !== undefined && !isOutcome(outcome)) {
    throw new WorkspaceFault('usage', {
      option: '--outcome',
      expected: resolvedOutcomes.join(', '),
    });
  }
  await withWorkspace(shell, async (workspace) => {
    const base = { batch, officer: shell.options.as, reason: reasonOf(shell.options) };
    if (outcome === undefined) {
      const found = await workspace.handoffs.batch(batch);
      await (isEndedOffer(found) ? offerAgain(workspace, base) : retryBatch(workspace, base));
    } else {
      const file =
        evidence === undefined
          ? undefined
          : await workspace.inputs.read(evidence, evidenceBytesMax);
      const evidenceSha256 = file && createHash('sha256').update(file).digest('hex');
      await resolveBatch(workspace, { ...base, outcome, evidenceSha256 });
    }
    const row = await workspace.handoffs.batch(batch);
    shell.print(settledScreen(row, shell));
    shell.document(batchDocument(row));
  });
}

function isOutcome(word: string): word is ResolvedOutcome {
  return resolvedOutcomes.some((outcome) => outcome === word);
}
