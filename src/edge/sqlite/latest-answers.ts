import type { Kysely, Selectable } from 'kysely';

import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import type { Tables } from './tables.ts';

/** The row that counts of each reference of a batch, of answers after the leaf `after`; in the order of references. */
export async function latestAnswers(
  db: Kysely<Tables>,
  batch: string,
  after: number,
): Promise<readonly AnswerRow[]> {
  const rows = await db
    .selectFrom('answer')
    .selectAll()
    .where('batch', '=', batch)
    .where('response', '>', after)
    .orderBy('response')
    .execute();
  const latest = new Map<number, AnswerRow>();
  for (const row of rows) latest.set(row.record, answerOf(row));
  return [...latest.values()].sort((a, b) => a.record - b.record);
}

function answerOf(row: Selectable<Tables['answer']>): AnswerRow {
  const { record, brand, issuer, last_four: lastFour, reason } = row;
  if (brand === null || lastFour === null) return { record, reason: reason ?? '' };
  return { record, card: { brand, issuer: issuer ?? '', lastFour }, reason: '' };
}
