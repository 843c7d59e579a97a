import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { HandoffRow } from '../../../src/exchange/handoff/handoff-register.ts';
import { handoffFiles } from '../../../src/exchange/kit/kit-handoffs.ts';
import type { CardSayings } from '../../../src/domain/responses/standing-cards.ts';
import { addCardAnswer, returnedCard } from '../../support/card-answer-of.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const batch = 'b-0001';
const of = { batch, handoff: 'h-0001', recipient: 'psp' };

let store: StoreBench;
let cards: number;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
  ({ cards } = await store.handoffs.batch(batch));
});
afterEach(() => store.dispose());

const digest = (letter: string): string => letter.repeat(64);
const standing = () => store.cardAnswers.standing(batch, cards);
const add = (letter: string, said: CardSayings, seen?: number): Promise<void> =>
  addCardAnswer(store, batch, letter, said, seen);

async function settle(seen: number): Promise<void> {
  const counts = { unanswered: 0, returned: 1, refused: 1 };
  await store.cardAnswers.settle(
    { batch, ...counts, officer: 'officer-1', settledAt: store.clock.now() },
    {
      ...actOf('response-settle-cards', `batch:${batch}`, { ...of, ...counts }),
      texts: { reason: 'asked elsewhere' },
    },
    seen,
  );
}

async function refuse(file?: string): Promise<void> {
  const code = 'response-not-signed';
  const sha256 = file && digest(file);
  const refusal = { batch, code, line: 3, sha256, isSettled: false } as const;
  await store.cardAnswers.refuse(
    { ...refusal, officer: 'officer-1', refusedAt: store.clock.now() },
    actOf('response-refused', `batch:${batch}`, { ...of, code, line: 3 }),
  );
}

const rest = { rest: 'monitoring', rows: [] } as const;
const code = (found: string): unknown => expect.objectContaining({ code: found });

describe('SqliteCardAnswers', () => {
  it('keeps rows of the cards alone that an answer names', async () => {
    await add('a', { rest: 'monitoring', rows: [returnedCard(1)] });
    const { cards: found, answers, isSigned } = await standing();
    expect([answers, isSigned]).toEqual([1, true]);
    expect(found.rest).toBe('monitoring');
    expect([...found.own]).toEqual([[1, { state: 'returned', reason: 'not-our-card' }]]);
    const rows = await store.db.selectFrom('card_answer_row').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(await store.cardAnswers.list('b-0002')).toEqual([]);
  });

  it('says of one card what was answered last, when, and whether it was taken back', async () => {
    const ofCard = (record: number) => store.cardAnswers.ofCard({ batch, record });
    expect(await ofCard(1)).toBeUndefined();
    await add('a', { rest: 'monitoring', rows: [returnedCard(1)] });
    const first = { atMs: store.nowMs, isSigned: true, takenBackAtMs: undefined };
    const returned = { state: 'returned', reason: 'not-our-card' };
    expect(await ofCard(1)).toEqual({ ...first, saying: returned });
    expect(await ofCard(2)).toEqual({ ...first, saying: { state: 'monitoring' } });
    store.nowMs += 1_000;
    await add('b', { rest: undefined, rows: [{ record: 1, saying: { state: 'accepted' } }] });
    expect(await ofCard(1)).toEqual({
      ...{ saying: { state: 'accepted' }, atMs: store.nowMs, isSigned: true },
      takenBackAtMs: store.nowMs,
    });
    expect(await ofCard(2)).toEqual({ ...first, saying: { state: 'monitoring' } });
    expect(await store.cardAnswers.ofCard({ batch: 'b-0002', record: 2 })).toBeUndefined();
    const { takenBack, firstAtMs, takenInAtMs } = await standing();
    expect(takenBack).toEqual([{ atMs: store.nowMs, isRest: false, records: [1] }]);
    expect([firstAtMs, takenInAtMs]).toEqual([first.atMs, store.nowMs]);
  });

  it('takes the same file once, and leaves no leaf of the second', async () => {
    await add('a', rest);
    const size = await store.log.size();
    await expect(add('a', rest)).rejects.toEqual(code('response-known'));
    expect(await store.cardAnswers.list()).toHaveLength(1);
    expect(await store.log.size()).toBe(size);
  });

  it('refuses what was judged by an older answer than the newest', async () => {
    await add('a', rest);
    const size = await store.log.size();
    await expect(add('b', rest, 0)).rejects.toEqual(code('response-overtaken'));
    await expect(settle(0)).rejects.toEqual(code('response-overtaken'));
    expect(await store.log.size()).toBe(size);
  });

  it('settles refusals with what stood then, and no later ones', async () => {
    await refuse();
    await add('a', { rest: 'monitoring', rows: [returnedCard(1)] });
    await settle((await standing()).leaf);
    await refuse();
    store.nowMs += 1_000;
    await add('b', { rest: undefined, rows: [{ record: 1, saying: { state: 'accepted' } }] });
    const { settlement, settledCards, cards: now } = await standing();
    expect(settlement).toMatchObject({ returned: 1, refused: 1, reason: 'asked elsewhere' });
    expect(settledCards!.own.get(1)).toMatchObject({ state: 'returned' });
    expect(now.own.get(1)).toEqual({ state: 'accepted' });
    const refused = await store.cardAnswers.refused(batch);
    expect(refused.map(({ isSettled }) => isSettled)).toEqual([true, false]);
  });

  it('settles the refusals of the file that it takes in, and no others', async () => {
    for (const file of ['a', 'b', undefined, 'a']) await refuse(file);
    await add('a', rest);
    const refused = await store.cardAnswers.refused(batch);
    expect(refused.map(({ isSettled }) => isSettled)).toEqual([true, false, false, true]);
  });

  it('gives all of it to an auditor kit', async () => {
    await refuse();
    await add('a', { rest: 'monitoring', rows: [returnedCard(1)] });
    await settle((await standing()).leaf);
    const handoff = { id: 'h-0001', requester: 'officer-1' } as unknown as HandoffRow;
    const { handoffs, words, responses, cardAnswers } = store;
    const ports = { handoffs, words, responses, cardAnswers };
    const { files } = await handoffFiles(ports, [handoff], []);
    const { bytes } = files.find(({ path }) => path === 'handoffs/h-0001/card-answers.json')!;
    expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject([
      {
        ...{ batch, recipient: 'psp', answers: [{ sha256: digest('a'), rest: 'monitoring' }] },
        ...{ refused: [{ code: 'response-not-signed', isSettled: true }] },
        settlement: { returned: 1, reason: 'asked elsewhere' },
        counts: { returned: 1, unanswered: 0 },
        ...{ rest: 'monitoring', cards: [{ record: 1, reason: 'not-our-card' }] },
      },
    ]);
  });
});
