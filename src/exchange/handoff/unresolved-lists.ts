import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import type { UnresolvedList } from '../../domain/readiness/readiness.ts';
import { answeredBatches } from '../responses/answered-batches.ts';
import type { BatchRow } from './handoff-register.ts';
import type { AnswersRead } from '../responses/response-register.ts';

/** Of these batches those of references that have left and are not resolved in full, each once. */
export async function unresolvedLists(
  responses: AnswersRead,
  batches: readonly BatchRow[],
): Promise<readonly UnresolvedList[]> {
  const sent = new Map(
    batches.filter(({ state }) => hasLeft(state)).map((batch) => [batch.id, batch]),
  );
  const answered = await answeredBatches(responses, [...sent.values()]);
  return answered
    .filter(({ open }) => open.unanswered + open.notFound > 0)
    .map(({ batch, recipient, open }) => ({ batch, recipient, ...open }));
}
