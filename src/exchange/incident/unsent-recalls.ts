import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryEvidence } from '../delivery/delivery-journal.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';

const beforeLeaving: readonly DeliveryState[] = ['approved', 'offered', 'failed'];

/**
 * Whether an amendment takes back an approved recall file: nobody has it, and nobody is sending it. Of what is offered
 * again some may have been fetched before.
 */
export function isTakenBack({
  state,
  evidence,
}: Pick<BatchRow, 'state'> & {
  readonly evidence?: Pick<DeliveryEvidence, 'sentBytes'> | undefined;
}): boolean {
  return beforeLeaving.includes(state) && evidence?.sentBytes === undefined;
}

/**
 * Recall files that were approved because of an amendment and have not left: under another document their cards may be in
 * again.
 */
export async function unsentRecalls(
  handoffs: Pick<HandoffRegister, 'batchesOf'>,
  rows: readonly HandoffRow[],
): Promise<readonly BatchRow[]> {
  const unsent: BatchRow[] = [];
  for (const { id, outcome, report } of rows) {
    if (report?.isRecall !== true || outcome !== 'approve') continue;
    const files = await handoffs.batchesOf(id);
    unsent.push(
      ...files.filter((file) => file.recalls?.basis === 'amendment' && isTakenBack(file)),
    );
  }
  return unsent;
}
