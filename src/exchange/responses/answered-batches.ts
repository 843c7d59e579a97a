import type { AnswerCounts } from '../../domain/responses/answer-counts.ts';
import { countAnswers } from '../../domain/responses/answer-counts.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { AnswersRead, Settlement } from './response-register.ts';

/** How far a batch of references is answered. */
export interface AnsweredBatch extends AnswerCounts {
  readonly batch: string;
  readonly recipient: string;
  readonly references: number;
  /** What nobody has settled yet: references without an answer, and those that were not found. */
  readonly open: { readonly unanswered: number; readonly notFound: number };
  readonly settlement: Settlement | undefined;
  /** Its incident was purged: the counts are those of before, the answers themselves are gone. */
  readonly isPurged: boolean;
}

/** The batches of references among these, with what counts of their answers; none for batches of cards. */
export async function answeredBatches(
  responses: AnswersRead,
  batches: readonly BatchRow[],
): Promise<readonly AnsweredBatch[]> {
  const ofReferences = batches.filter(({ subject }) => subject === 'references');
  return Promise.all(
    ofReferences.map(async ({ id, recipient, cards }) => {
      const settled = await responses.settled(id);
      const named = { batch: id, recipient, references: cards, settlement: settled?.settlement };
      const kept = await responses.countsOfPurged(id);
      if (kept !== undefined) {
        return { ...named, ...kept, open: { unanswered: 0, notFound: 0 }, isPurged: true };
      }
      const counts = countAnswers(await responses.answersOf(id));
      const { resolved, notFound } = counts;
      const open = {
        unanswered: settled === undefined ? cards - resolved - notFound : 0,
        notFound: settled?.notFoundSince ?? notFound,
      };
      return { ...named, ...counts, open, isPurged: false };
    }),
  );
}
