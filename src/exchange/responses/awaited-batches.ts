import type { BatchRow } from '../handoff/handoff-register.ts';
import { dueAtOf } from './answer-due.ts';
import type { AnsweringRecipients } from './answer-due.ts';
import { answeredBatches } from './answered-batches.ts';
import type { AnsweredBatch } from './answered-batches.ts';
import type { AnswersRead } from './response-register.ts';

/** How far a batch of references is answered, and when the rest of the answer is due. */
export interface AwaitedBatch extends AnsweredBatch {
  /** As `dueAtOf`. */
  readonly dueAt: Date | undefined;
  /** Due, and references without an answer that nobody settled. */
  readonly isOverdue: boolean;
}

/** The batches of references among these; none for batches of cards. */
export async function awaitedBatches(
  responses: AnswersRead,
  batches: readonly BatchRow[],
  recipients: AnsweringRecipients,
  now: Date,
): Promise<readonly AwaitedBatch[]> {
  const answered = await answeredBatches(responses, batches);
  return answered.map((one) => {
    const dueAt = dueAtOf(
      batches.find(({ id }) => id === one.batch)!,
      recipients,
    );
    return {
      ...one,
      dueAt,
      isOverdue: dueAt !== undefined && one.open.unanswered > 0 && dueAt <= now,
    };
  });
}
