import type { Kysely } from 'kysely';

import type { SaidOfCard } from '../../domain/readiness/card-watch.ts';
import type { CardSaying } from '../../domain/responses/card-answer-states.ts';
import { afterAnswer, noneStanding } from '../../domain/responses/standing-cards.ts';
import type { CardSayings, StandingCards } from '../../domain/responses/standing-cards.ts';
import type { TakenBack } from '../../domain/responses/said-by-issuer.ts';
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
    rows: rows.map(({ record, state, reason }) => ({ record, saying: sayingOf(state, reason) })),
  };
}

/** What was answered last about one card of a batch; undefined where nothing was. Reads a row of each answer at most. */
export async function saidOfCard(
  db: Kysely<Tables>,
  batch: string,
  record: number,
): Promise<SaidOfCard | undefined> {
  const answers = await db
    .selectFrom('card_answer')
    .leftJoin('card_answer_row as own', (join) =>
      join
        .onRef('own.batch', '=', 'card_answer.batch')
        .onRef('own.answer', '=', 'card_answer.leaf')
        .on('own.record', '=', record),
    )
    .select(['card_answer.rest', 'card_answer.signed_at', 'card_answer.imported_at'])
    .select(['card_answer.contradicted', 'own.state', 'own.reason'])
    .where('card_answer.batch', '=', batch)
    .orderBy('card_answer.leaf')
    .execute();
  let said: SaidOfCard | undefined;
  for (const answer of answers) {
    const state = answer.state ?? answer.rest;
    if (state === null) continue;
    const atMs = answeredAt(answer);
    const isBack = answer.contradicted > 0 && state === 'accepted';
    said = {
      ...{ saying: sayingOf(state, answer.reason), atMs, isSigned: answer.signed_at !== null },
      takenBackAtMs: isBack ? atMs : said?.takenBackAtMs,
    };
  }
  return said;
}

/** What an answer takes back and says to be accepted; undefined where it takes nothing back. */
export function takenBackBy(answer: Answer, { rest, rows }: CardSayings): TakenBack | undefined {
  if (answer.contradicted === 0) return undefined;
  const accepted = rows.filter(({ saying }) => saying.state === 'accepted');
  return {
    ...{ atMs: answeredAt(answer), isRest: rest === 'accepted' },
    records: accepted.map(({ record }) => record),
  };
}

/** When an answer says what it says, in milliseconds since 1970: one in clear when it was taken in. */
export function answeredAt({
  signed_at: signedAt,
  imported_at: importedAt,
}: Pick<Answer, 'signed_at' | 'imported_at'>): number {
  return signedAt ?? importedAt;
}

function sayingOf(state: string, reason: string | null): CardSaying {
  return (reason === null ? { state } : { state, reason }) as CardSaying;
}
