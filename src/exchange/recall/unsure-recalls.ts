import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { isThere } from '../delivery/is-there.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { RecallBatch } from './incident-recalls.ts';
import type { StandingRecallPorts } from './standing-recalls.ts';

/** On its way, and nobody knows how far it came; what was written lies where its recipient may have taken it. */
const perhapsThere: readonly DeliveryState[] = [
  ...(['publishing', 'presumed', 'conflict', 'written', 'partly-read'] as const),
];

/** Whether a file may be with its recipient, where nobody says that it is: also of one that was given up or ended since. */
function mayHaveArrived({
  state,
  evidence,
  attempts,
  availableAt,
}: Pick<BatchRow, 'state' | 'evidence' | 'attempts' | 'availableAt'>): boolean {
  if (perhapsThere.includes(state) || evidence?.sentBytes !== undefined) return true;
  // An attempt that is known to have failed leaves no time from which its recipient could have the file.
  return state === 'cancelled' && attempts > 0 && availableAt !== undefined;
}

/**
 * Recalls that may be with their recipients and are not known to be (`StandingRecall.isThere`): these may have set the cards
 * aside, and what was said of watching them before cannot be relied on. One that was answered is known to be there.
 */
export async function unsureRecalls(
  ports: Pick<StandingRecallPorts, 'cardAnswers' | 'words'>,
  recalls: readonly RecallBatch[],
): Promise<readonly RecallBatch[]> {
  const unsure: RecallBatch[] = [];
  for (const recall of recalls.filter(mayHaveArrived)) {
    if (isThere(recall, await ports.words.ofHandoff(recall.handoff))) continue;
    const { answers } = await ports.cardAnswers.standing(recall.id, recall.cards);
    if (answers === 0) unsure.push(recall);
  }
  return unsure;
}
