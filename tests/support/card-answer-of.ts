import type { CardRow, CardSayings } from '../../src/domain/responses/standing-cards.ts';
import { afterAnswer, countCards } from '../../src/domain/responses/standing-cards.ts';
import type { NewCardAnswer } from '../../src/exchange/responses/card-answers.ts';
import type { StoreBench } from './store-bench.ts';
import { actOf } from './store-bench.ts';

export const returnedCard = (record: number): CardRow => ({
  ...{ record, saying: { state: 'returned', reason: 'not-our-card' } },
});

/** Takes in an answer about a batch with the content of this letter, judged by the newest, or by `seen`; signed, or not. `nonceDiffers`: how. */
export async function addCardAnswer(
  store: StoreBench,
  batch: string,
  letter: string,
  said: CardSayings,
  seen?: number,
  isSigned = true,
  nonceDiffers?: 'absent' | 'other',
): Promise<void> {
  const { handoff, recipient, incident, cards } = await store.handoffs.batch(batch);
  const before = await store.cardAnswers.standing(batch, cards);
  const { standing: after, moves } = afterAnswer(before.cards, said);
  const digest = letter.repeat(64);
  const of = { batch, handoff, recipient };
  const file = { sha256: digest, contentSha256: digest, bytes: 9 };
  const named = { rest: said.rest, named: said.rows.length, ...moves };
  const counts = countCards(after);
  const answer: NewCardAnswer = {
    ...{ ...of, ...file, ...named, incident, format: 'card-answer' },
    fingerprint: isSigned ? 'A'.repeat(40) : undefined,
    signedAt: isSigned ? store.clock.now() : undefined,
    ...{ standing: counts, nonceDiffers },
    ...{ officer: 'officer-1', importedAt: store.clock.now() },
  };
  const { accepted, monitoring, returned } = counts;
  const act = actOf('response-import-cards', `batch:${batch}`, {
    ...{ ...of, ...file, ...named, format: 'card-answer' },
    ...{ accepted, monitoring, returned },
  });
  await store.cardAnswers.add(answer, said.rows, act, seen ?? before.leaf);
}
