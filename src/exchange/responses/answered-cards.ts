import type { AnswerPart } from '../../domain/responses/paired-answers.ts';
import { countCards } from '../../domain/responses/standing-cards.ts';
import type { CardCounts, StandingCards } from '../../domain/responses/standing-cards.ts';
import { dueAtOf } from './answer-due.ts';
import type { AnsweringRecipients } from './answer-due.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { CardAnswersRead, CardSettlement } from './card-answers.ts';

/** How far a batch of cards is answered, from stored evidence alone. */
export interface AnsweredCards extends CardCounts {
  readonly batch: string;
  readonly recipient: string;
  /** Answers that were taken in. */
  readonly answers: number;
  /** Whether every one of them was signed by the recipient; false without one. */
  readonly isSigned: boolean;
  /** What nobody has settled yet. */
  readonly open: {
    readonly unanswered: number;
    readonly returned: number;
    readonly refused: number;
  };
  readonly settlement: CardSettlement | undefined;
  /** Which of two files is here without the other one. */
  readonly unpaired: AnswerPart | undefined;
  /** As `dueAtOf`. */
  readonly dueAt: Date | undefined;
  /** Due, not there, and not settled. */
  readonly isOverdue: boolean;
  /** Its incident was purged: the counts are those of before. */
  readonly isPurged: boolean;
}

/** The batches of cards among these, with what counts of their answers; none for batches of references. */
export async function answeredCards(
  answers: CardAnswersRead,
  batches: readonly BatchRow[],
  recipients: AnsweringRecipients,
  now: Date,
): Promise<readonly AnsweredCards[]> {
  const ofCards = batches.filter(({ subject }) => subject === undefined);
  return Promise.all(
    ofCards.map((batch) => answeredOf(answers, batch, dueAtOf(batch, recipients), now)),
  );
}

async function answeredOf(
  answers: CardAnswersRead,
  batch: BatchRow,
  dueAt: Date | undefined,
  now: Date,
): Promise<AnsweredCards> {
  const { id, recipient, cards } = batch;
  const standing = await answers.standing(id, cards);
  const isPurged = await answers.isPurged(id);
  const last = (await answers.list(id)).at(-1);
  const counts = isPurged && last !== undefined ? last.standing : countCards(standing.cards);
  const refused = (await answers.refused(id)).filter(({ isSettled }) => !isSettled).length;
  const settlement = standing.settlement;
  const open = isPurged
    ? { unanswered: 0, returned: 0, refused: 0 }
    : {
        unanswered: standing.settledCards === undefined ? counts.unanswered : 0,
        returned: returnedSince(standing.cards, standing.settledCards),
        refused,
      };
  return {
    ...counts,
    ...{ batch: id, recipient, answers: standing.answers, settlement, open, isPurged, dueAt },
    unpaired: isPurged ? undefined : standing.unpaired?.part,
    isSigned: standing.answers > 0 && standing.isSigned,
    isOverdue: dueAt !== undefined && open.unanswered > 0 && dueAt <= now,
  };
}

/** Cards that are returned now and were not, or for another reason, when the batch was settled; of those that count. */
export function returnedSince(
  { own }: StandingCards,
  settled: StandingCards | undefined,
  isCounted: (record: number) => boolean = () => true,
): number {
  let returned = 0;
  for (const [record, saying] of own) {
    if (saying.state !== 'returned' || !isCounted(record)) continue;
    const before = settled?.own.get(record);
    if (before?.state === 'returned' && before.reason === saying.reason) continue;
    returned += 1;
  }
  return returned;
}

/**
 * Whether cards are without an answer and one is waited for: by the terms of the recipient, or since some of it came.
 */
export function isToCome({ answers, dueAt, open }: AnsweredCards): boolean {
  return open.unanswered > 0 && (answers > 0 || dueAt !== undefined);
}

/** Whether anything is known of the answer to a batch, or an answer is waited for. */
export function isWorthSaying({ answers, dueAt, open }: AnsweredCards): boolean {
  return answers > 0 || dueAt !== undefined || open.refused > 0;
}
