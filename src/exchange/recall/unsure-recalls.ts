import { recallStands } from '../../domain/recalls/recall-states.ts';
import { isThere } from '../delivery/is-there.ts';
import { mayHaveArrived } from '../delivery/may-have-arrived.ts';
import type { RecallBatch } from './incident-recalls.ts';
import type { StandingRecallPorts } from './standing-recalls.ts';

/**
 * Recalls that may be with their recipients and are not known to be (`StandingRecall.isThere`): these may have set the cards
 * aside, and what was said of watching them before cannot be relied on. One is known to be there
 * of which an answer says something; a receipt of one that was given up says nothing of its cards.
 */
export async function unsureRecalls(
  ports: Pick<StandingRecallPorts, 'cardAnswers' | 'words'>,
  recalls: readonly RecallBatch[],
): Promise<readonly RecallBatch[]> {
  const unsure: RecallBatch[] = [];
  for (const recall of recalls.filter(mayHaveArrived)) {
    if (isThere(recall, await ports.words.ofHandoff(recall.handoff))) continue;
    const { answers, cards } = await ports.cardAnswers.standing(recall.id, recall.cards);
    if (answers === 0 || !recallStands(recall.state, cards)) unsure.push(recall);
  }
  return unsure;
}
