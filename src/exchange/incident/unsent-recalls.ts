import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';

/** States of an approved recall file from which an amendment takes it back: nobody has it, and nobody is sending it. */
export const takenBack: readonly DeliveryState[] = ['approved', 'offered', 'failed'];

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
      ...files.filter(
        ({ recalls, state }) => recalls?.basis === 'amendment' && takenBack.includes(state),
      ),
    );
  }
  return unsent;
}
