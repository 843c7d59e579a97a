import { cardAnswerStep } from './card-answer-states.ts';
import type { CardSaying } from './card-answer-states.ts';
import { NamedCards } from './named-cards.ts';

/** One card that an answer names, by its record reference. */
export interface CardRow {
  readonly record: number;
  readonly saying: CardSaying;
}

/** What one answer says of a batch: of the cards it names, and of all that it does not name. */
export interface CardSayings {
  /** Undefined: it says nothing of the others. */
  readonly rest: 'accepted' | 'monitoring' | undefined;
  readonly rows: readonly CardRow[];
}

/** What is known of each card of a batch: of most the same, of some something else. */
export interface StandingCards {
  readonly cards: number;
  /** Of every card that is not among `own`; undefined: nothing. */
  readonly rest: 'accepted' | 'monitoring' | undefined;
  readonly own: Omit<NamedCards, 'set'>;
}

export function noneStanding(cards: number): StandingCards {
  return { cards, rest: undefined, own: new NamedCards() };
}

/** What a further answer changes, in cards. */
export interface CardMoves {
  /** Said for the first time, or one step on. */
  readonly changed: number;
  /** Takes back what was said before. */
  readonly contradicted: number;
}

/**
 * What stands once `answer` has come: it counts for every card that it says something of. Its rows are of the batch, each
 * once. Costs as much as cards were ever named, however many the batch has.
 */
export function afterAnswer(
  before: StandingCards,
  answer: Pick<CardSayings, 'rest'> & { readonly rows: Iterable<CardRow> },
): { readonly standing: StandingCards; readonly moves: CardMoves } {
  const own = answer.rest === undefined ? before.own.copy() : new NamedCards();
  const moves = { changed: 0, contradicted: 0 };
  const move = (from: CardSaying | undefined, to: CardSaying, cards: number): void => {
    const step = cardAnswerStep(from?.state ?? 'none', to.state);
    if (step?.contradicts === true || differsInReason(from, to)) moves.contradicted += cards;
    else if (step !== undefined) moves.changed += cards;
  };
  const was = (record: number): CardSaying | undefined =>
    before.own.get(record) ?? (before.rest === undefined ? undefined : { state: before.rest });
  for (const { record, saying } of answer.rows) {
    move(was(record), saying, 1);
    own.set(record, saying);
  }
  const { rest } = answer;
  if (rest !== undefined) {
    // It says something of every card: what stood of others does not stand any more, and `own` holds those it names.
    let unnamed = before.cards - own.size;
    for (const [record, saying] of before.own) {
      if (own.get(record) !== undefined) continue;
      unnamed -= 1;
      move(saying, { state: rest }, 1);
    }
    move(before.rest === undefined ? undefined : { state: before.rest }, { state: rest }, unnamed);
  }
  return { standing: { cards: before.cards, rest: rest ?? before.rest, own }, moves };
}

function differsInReason(from: CardSaying | undefined, to: CardSaying): boolean {
  return from?.state === 'returned' && to.state === 'returned' && from.reason !== to.reason;
}

/** Cards of a batch by what was said of them; they add up to all of it. */
export interface CardCounts {
  readonly cards: number;
  readonly accepted: number;
  readonly monitoring: number;
  readonly returned: number;
  readonly unanswered: number;
  /** Returned ones by reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export function countCards({ cards, rest, own }: StandingCards): CardCounts {
  const counts = { accepted: 0, monitoring: 0, returned: 0 };
  const reasons: Record<string, number> = {};
  for (const { saying, cards: some } of own.counts()) {
    counts[saying.state] += some;
    if (saying.state === 'returned') reasons[saying.reason] = some;
  }
  if (rest !== undefined) counts[rest] += cards - own.size;
  const { accepted, monitoring, returned } = counts;
  return { cards, ...counts, unanswered: cards - accepted - monitoring - returned, reasons };
}
