import type { Kysely, Transaction } from 'kysely';

import { isRepeated, numberRun } from '../../domain/responses/answer-numbers.ts';
import type { NumberedAnswer } from '../../domain/responses/answer-numbers.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import type { NewCardAnswer } from '../../exchange/responses/card-answers.ts';
import type { Tables } from './tables.ts';

/** Answers of a recipient that carry a running number, in the order in which they were taken in. */
export async function numberedBy(
  db: Kysely<Tables> | Transaction<Tables>,
  recipient: string,
): Promise<readonly NumberedAnswer[]> {
  const rows = await db
    .selectFrom('card_answer')
    .innerJoin('batch', 'batch.id', 'card_answer.batch')
    .select(['card_answer.sequence', 'card_answer.starts_again'])
    .where('batch.recipient', '=', recipient)
    .where('card_answer.sequence', 'is not', null)
    .orderBy('card_answer.leaf')
    .execute();
  return rows.map(({ sequence, starts_again: again }) => ({
    ...{ number: sequence!, startsAgain: again === 1 },
  }));
}

/**
 * Of two answers about two batches that come at once one may have the number already. Throws ResponsesFault
 * `response-number-repeated`.
 */
export async function assertNumberFree(
  trx: Transaction<Tables>,
  { batch, recipient, sequence: number, startsAgain = false }: NewCardAnswer,
): Promise<void> {
  if (number === undefined || startsAgain) return;
  const run = numberRun(await numberedBy(trx, recipient));
  if (run === undefined || !isRepeated(run, number)) return;
  throw new ResponsesFault('response-number-repeated', { batch, number, last: run.last });
}
