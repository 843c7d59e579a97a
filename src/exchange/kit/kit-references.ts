import type { Leaf } from '../../domain/audit/leaf.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { answeredBatches } from '../responses/answered-batches.ts';
import type { AnswersRead } from '../responses/response-register.ts';

/**
 * Of each of these batches that is one of references: every answer that was taken, what was refused, the latest
 * settlement, and what counts of each reference, by record reference; brand, issuer and last four digits at most. Once an
 * incident is purged only the counts of then are left. `entries`: those of the log about it, which alone tell refusals.
 */
export async function referenceAnswers(
  responses: AnswersRead,
  batches: readonly BatchRow[],
  entries: readonly Leaf[],
): Promise<readonly unknown[]> {
  const answered = await answeredBatches(responses, batches);
  return Promise.all(
    answered.map(async ({ batch, ...standing }) => ({
      ...{ batch, ...standing, answers: await responses.list(batch) },
      refused: entries.filter(isRefusalOf(batch)).map(refusalOf),
      records: await responses.answersOf(batch),
    })),
  );
}

function isRefusalOf(batch: string): (entry: Leaf) => boolean {
  return ({ act, data }) => act === 'response-refused' && data['batch'] === batch;
}

function refusalOf({ at, actor, data }: Leaf): unknown {
  return { code: data['code'], line: data['line'], officer: actor, refusedAt: at };
}
