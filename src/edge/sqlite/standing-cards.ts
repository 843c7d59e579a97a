import type { Kysely } from 'kysely';

import type { SaidOfCard } from '../../domain/readiness/card-watch.ts';
import type { CardSaying } from '../../domain/responses/card-answer-states.ts';
import { NamedCards } from '../../domain/responses/named-cards.ts';
import { afterAnswer, noneStanding } from '../../domain/responses/standing-cards.ts';
import type { CardRow, CardSayings, StandingCards } from '../../domain/responses/standing-cards.ts';
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
    ({ standing } = afterAnswer(standing, sayingsOf(answer, await namedIn(db, answer))));
  }
  return standing;
}

/** What an answer says, once: its rows can be gone through one time. */
export function sayingsOf(
  { rest }: Pick<Answer, 'rest'>,
  named: NamedCards,
): Pick<CardSayings, 'rest'> & { readonly rows: Iterable<CardRow> } {
  return { rest: (rest ?? undefined) as CardSayings['rest'], rows: named.rows() };
}

/** An answer may name every card of a list of millions. */
const rowsAtOnce = 10_000;

/** The cards that an answer names, read some at a time. */
export async function namedIn(
  db: Kysely<Tables>,
  { leaf, batch }: Pick<Answer, 'leaf' | 'batch'>,
): Promise<NamedCards> {
  const named = new NamedCards();
  let rows: readonly { record: number; state: string; reason: string | null }[];
  let last = -1;
  do {
    rows = await db
      .selectFrom('card_answer_row')
      .select(['record', 'state', 'reason'])
      .where('batch', '=', batch)
      .where('answer', '=', leaf)
      .where('record', '>', last)
      .orderBy('record')
      .limit(rowsAtOnce)
      .execute();
    for (const { record, state, reason } of rows) named.set(record, sayingOf(state, reason));
    last = rows.at(-1)?.record ?? last;
  } while (rows.length === rowsAtOnce);
  return named;
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
export function takenBackBy(answer: Answer, named: NamedCards): TakenBack | undefined {
  if (answer.contradicted === 0) return undefined;
  const records: number[] = [];
  for (const { record, saying } of named.rows()) {
    if (saying.state === 'accepted') records.push(record);
  }
  return { atMs: answeredAt(answer), isRest: answer.rest === 'accepted', records };
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
