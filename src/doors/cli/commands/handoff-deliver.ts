import { createHash } from 'node:crypto';

import type { Command } from 'commander';

import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { ResolvedOutcome } from '../../../domain/handoff/delivery-states.ts';
import { deliverHandoff } from '../../../exchange/deliver-handoff.ts';
import { resolveBatch, retryBatch } from '../../../exchange/settle-batch.ts';
import { deliveryExitStatus } from '../delivery-status.ts';
import { reasonOf } from '../invocation.ts';
import { batchDocument, deliverDocument } from '../outputs/delivery.ts';
import { ProgressLine } from '../progress-line.ts';
import { deliverScreen, settledScreen } from '../screens/deliver-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

const evidenceBytesMax = 32 * 1024 * 1024;
const outcomes = ['stored', 'not-stored', 'withdrawn'] as const;

/** `handoff deliver`, `retry`, `resolve`. */
export function registerHandoffDeliver(group: Command, shellOf: () => Shell): void {
  group
    .command('deliver <handoff>')
    .description('send the approved files to their recipients')
    .option('--recipient <id>', "only this recipient's files")
    .action(async (handoff: string, options: { recipient?: string }) => {
      await deliver(shellOf(), handoff, options.recipient);
    });
  group
    .command('retry <batch>')
    .description('let a failed file be sent again: same bytes, same name')
    .action(async (batch: string) => {
      await settle(shellOf(), batch, undefined, undefined);
    });
  group
    .command('resolve <batch>')
    .description('say what became of a file whose delivery is unknown; needs --reason')
    .requiredOption('--outcome <outcome>', outcomes.join(', '))
    .option('--evidence <file>', 'a file that backs it; its digest goes into the log')
    .action(async (batch: string, options: { outcome: string; evidence?: string }) => {
      await settle(shellOf(), batch, options.outcome, options.evidence);
    });
}

async function deliver(
  shell: Shell,
  handoff: string,
  recipient: string | undefined,
): Promise<void> {
  const progress = new ProgressLine(shell.sink, shell.language);
  await withWorkspace(shell, async (workspace) => {
    const delivered = await deliverHandoff(workspace, {
      handoff,
      officer: shell.options.as,
      recipient,
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
    shell.print(deliverScreen({ delivered, batches }, shell));
    shell.document(deliverDocument({ delivered, batches }));
    shell.setStatus(deliveryExitStatus(delivered.reports));
  });
}

async function settle(
  shell: Shell,
  batch: string,
  outcome: string | undefined,
  evidence: string | undefined,
): Promise<void> {
  if (outcome !== undefined && !isOutcome(outcome)) {
    throw new WorkspaceFault('usage', { option: '--outcome', expected: outcomes.join(', ') });
  }
  await withWorkspace(shell, async (workspace) => {
    const base = { batch, officer: shell.options.as, reason: reasonOf(shell.options) };
    if (outcome === undefined) {
      await retryBatch(workspace, base);
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
  return outcomes.some((outcome) => outcome === word);
}
