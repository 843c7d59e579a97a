import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { assertSent } from './assert-answerable.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { answeredCards } from './answered-cards.ts';
import type { AnsweredCards } from './answered-cards.ts';
import type { CardAnswers } from './card-answers.ts';

export interface SettledCardAnswer {
  readonly batch: BatchRow;
  /** As it stands now. */
  readonly answered: AnsweredCards;
}

/**
 * An officer says that what is open about a batch of cards waits for nobody any more: cards without an answer, returned
 * ones, and answers that were refused; or of the refused ones alone. The reason says what became of them. An answer
 * that comes later counts.
 *
 * Throws `batch-unknown`, `batch-not-sent`, `reason-required`, `response-complete`, `response-overtaken`, what
 * `actingOfficer` throws.
 */
export async function settleCardAnswer(
  ports: {
    readonly origin: string;
    readonly configuration: Configuration;
    readonly handoffs: Pick<HandoffRegister, 'batch'>;
    readonly cardAnswers: CardAnswers;
    readonly clock: Clock;
  },
  request: {
    readonly batch: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
    /** Refused answers alone: cards stay open, and become overdue. */
    readonly refusedOnly: boolean;
  },
): Promise<SettledCardAnswer> {
  const { configuration, handoffs, cardAnswers, clock, origin } = ports;
  const { officers, recipients } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now()).id;
  const batch = await handoffs.batch(request.batch);
  assertSent(batch);
  const { reason = '' } = request;
  if (reason === '') throw new DecisionFault('reason-required', { act: 'settle' });
  const { leaf: seen } = await cardAnswers.standing(batch.id, batch.cards);
  const read = async (): Promise<AnsweredCards> =>
    (await answeredCards(cardAnswers, [batch], recipients, clock.now()))[0]!;
  const open = openOf(await read(), request.refusedOnly);
  const { id, handoff, recipient } = batch;
  const act: ActRecord = {
    draft: {
      ...{ actor: officer, act: 'response-settle-cards', result: 'done', origin },
      ...{ object: `batch:${id}`, data: { batch: id, handoff, recipient, ...open } },
    },
    texts: { reason },
  };
  await cardAnswers.settle({ batch: id, ...open, officer, settledAt: clock.now() }, act, seen);
  return { batch, answered: await read() };
}

/** What is settled. Throws `response-complete` where there is nothing. */
function openOf(
  { batch, open: { unanswered, returned, refused } }: AnsweredCards,
  refusedOnly: boolean,
): AnsweredCards['open'] {
  const open = refusedOnly
    ? { unanswered: 0, returned: 0, refused }
    : { unanswered, returned, refused };
  if (open.unanswered + open.returned + open.refused > 0) return open;
  throw new ResponsesFault('response-complete', {
    batch,
    ...(refusedOnly ? { what: 'refused' } : {}),
  });
}
