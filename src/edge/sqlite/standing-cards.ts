import type { Kysely } from 'kysely';

import type { CardSaying } from '../../domain/responses/card-answer-states.ts';
import { afterAnswer, noneStanding } from '../../domain/responses/standing-cards.ts';
import type { CardSayings, StandingCards } from '../../domain/responses/standing-cards.ts';
import type { Answer } from './card-answer-rows.ts';
import type { Tables } from './tables.ts';

/** Answers about a batch, oldest first. */
export function answersOf(db: Kysely<Tables>, batch: string): Promise<Answer[]> {
  return db
    .selectFrom('card_answer')
    .selectAll()
    .where('batch', '=', batch)
    .orderBy('leaf')
    .execute();
}

/** What stands of a batch of so many cards after all answers about it. */
export async function standingCards(
  db: Kysely<Tables>,
  batch: string,
  cards: number,
): Promise<StandingCards> {
  let standing = noneStanding(cards);
  for (const answer of await answersOf(db, batch)) {
    ({ standing } = afterAnswer(standing, await sayingsOf(db, answer)));
  }
  return standing;
}

export async function sayingsOf(
  db: Kysely<Tables>,
  { leaf, batch, rest }: Answer,
): Promise<CardSayings> {
  const rows = await db
    .selectFrom('card_answer_row')
    .select(['record', 'state', 'reason'])
    .where('batch', '=', batch)
    .where('answer', '=', leaf)
    .execute();
  return {
    rest: (rest ?? undefined) as CardSayings['rest'],
    rows: rows.map(({ record, state, reason }) => ({
      record,
      saying: (reason === null ? { state } : { state, reason }) as CardSaying,
    })),
  };
}
