import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Recipient } from '../../../src/domain/recipients/recipient.ts';
import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import type { CardRow } from '../../../src/domain/responses/standing-cards.ts';
import type { BatchRow } from '../../../src/exchange/handoff/handoff-register.ts';
import type { ReadAnswer } from '../../../src/exchange/responses/answer-reader.ts';
import type { CardAnswerRow } from '../../../src/exchange/responses/card-answers.ts';
import { addCardAnswer } from '../../../src/exchange/responses/import-card-answer.ts';
import { numberGaps } from '../../../src/exchange/responses/number-gaps.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { recipientEntry, sftpEndpoint } from '../../support/recipient-entry.ts';

let desk: ExchangeDesk;
beforeEach(async () => {
  desk = new ExchangeDesk();
  await desk.store.approved();
});
afterEach(() => desk.store.dispose());

const reason = 'as told by phone';
let files = 0;

/** Takes in an answer about the one batch; `signedAt` in milliseconds. */
async function add(
  cards: NonNullable<ReadAnswer['cards']>,
  { signedAt = 1_000, acceptDiffering = false, content = 'c'.repeat(64) } = {},
): Promise<void> {
  const batch = await desk.handoffs.batch('b-0001');
  const { recipients } = await desk.configuration.load();
  const recipient = recipients.find(({ id }) => id === batch.recipient)!;
  const standing = await desk.cardAnswers.standing(batch.id, batch.cards);
  const request = { acceptDiffering, acceptNonce: false, answeredBy: undefined, reason };
  const read: ReadAnswer = {
    ...{ batch: batch.id, bytes: 9, sha256: String((files += 1)).padStart(64, 'a') },
    ...{ contentSha256: content, isSigned: true, signedAt, rows: [], cards },
  };
  await addCardAnswer(desk, request, { batch, recipient, standing }, read, 'officer-1');
}

const back = (record: number): CardRow => ({
  ...{ record, saying: { state: 'returned', reason: 'other' } },
});
const code = (found: string): unknown => expect.objectContaining({ code: found });

describe('an answer with a running number', () => {
  const numbered = (sequence: number) => ({ rest: 'accepted' as const, rows: [], sequence });
  const other = { content: 'd'.repeat(64) };

  it('is refused when it comes again with another content, and known with the same', async () => {
    await add(numbered(5));
    await expect(add(numbered(5), { signedAt: 2_000 })).rejects.toEqual(code('response-known'));
    const repeated = { ...other, signedAt: 2_000 };
    await expect(add(numbered(5), repeated)).rejects.toEqual(code('response-number-repeated'));
    // Nothing with this number was here, though a later one came before it.
    await add(numbered(4), { content: 'e'.repeat(64), signedAt: 1_500 });
    await expect(add(numbered(4), repeated)).rejects.toEqual(code('response-number-repeated'));
    await add(numbered(4), { ...repeated, acceptDiffering: true });
    const list = await desk.cardAnswers.numbered('psp');
    expect(list.map(({ number, startsAgain }) => [number, startsAgain])).toEqual([
      [5, false],
      [4, false],
      [4, true],
    ]);
  });

  it('shows first that cards are taken back, where its number is repeated too', async () => {
    await add(numbered(5));
    const { firstReference } = await desk.handoffs.batch('b-0001');
    const taking = { ...numbered(5), rows: [back(firstReference)] };
    const refused = add(taking, { ...other, signedAt: 2_000 });
    await expect(refused).rejects.toEqual(code('response-takes-back'));
  });

  it('leaves a gap that is told until the missing one comes', async () => {
    await add(numbered(5));
    await add(numbered(8), { ...other, signedAt: 2_000 });
    const gap = { recipient: 'psp', missing: [{ from: 6, to: 7 }], expected: undefined };
    expect(await numberGaps(desk)).toEqual([gap]);
    await add(numbered(6), { content: 'e'.repeat(64), signedAt: 3_000 });
    expect((await numberGaps(desk))[0]!.missing).toEqual([{ from: 7, to: 7 }]);
    await add(numbered(7), { content: 'f'.repeat(64), signedAt: 4_000 });
    expect(await numberGaps(desk)).toEqual([]);
  });

  it('is held against the store once more: two may come at once', async () => {
    const batch = await desk.handoffs.batch('b-0001');
    const { leaf } = await desk.cardAnswers.standing(batch.id, batch.cards);
    await add(numbered(5));
    const [row] = await desk.cardAnswers.list();
    const again = { ...row!, sha256: 'b'.repeat(64), contentSha256: 'b'.repeat(64) };
    const act = { draft: {} as never };
    const adding = desk.cardAnswers.add(again, [], act, leaf + 1_000);
    await expect(adding).rejects.toEqual(code('response-number-repeated'));
  });
});

describe('an answer in two files', () => {
  const part = (name: 'all' | 'rejected', rows: readonly CardRow[]) => ({
    ...{ rest: undefined, rows, part: name },
  });

  it('waits for the other file, which may have been signed before it', async () => {
    const batch = await desk.handoffs.batch('b-0001');
    const first = batch.firstReference;
    await add(part('all', [back(first)]), { signedAt: 2_000 });
    const open = await desk.cardAnswers.standing(batch.id, batch.cards);
    expect(open.unpaired).toEqual({
      ...{ part: 'all', rows: [back(first)] },
      ...{ signedAt: new Date(2_000), othersSignedAt: undefined },
    });
    const differing = add(part('rejected', []), { content: 'd'.repeat(64) });
    await expect(differing).rejects.toEqual(code('response-pair-differs'));
    await add(part('rejected', [back(first)]), { signedAt: 1_000, content: 'e'.repeat(64) });
    const both = await desk.cardAnswers.standing(batch.id, batch.cards);
    expect(both).toMatchObject({ answers: 2, unpaired: undefined });
    const stale = add(part('rejected', []), { signedAt: 500, content: 'f'.repeat(64) });
    await expect(stale).rejects.toEqual(code('response-stale'));
  });
});

describe('the second of two files', () => {
  const hourMs = 3_600_000;
  const content = (name: string): string => name.repeat(64);
  const part = (name: 'all' | 'rejected') => ({ rest: undefined, rows: [], part: name });

  it('is refused when it was signed before the newest answer other than the first', async () => {
    await add(part('all'), { signedAt: 500, content: content('a') });
    await add(part('rejected'), { signedAt: 501, content: content('b') });
    await add(part('rejected'), { signedAt: 1_000, content: content('c') });
    const stale = add(part('all'), { signedAt: 10, content: content('d') });
    await expect(stale).rejects.toMatchObject({
      ...{ code: 'response-stale', facts: { standing: new Date(501).toISOString() } },
    });
    await add(part('all'), { signedAt: 999, content: content('e') });
    const { answers, unpaired } = await desk.cardAnswers.standing('b-0001', 3);
    expect([answers, unpaired]).toEqual([4, undefined]);
  });

  it('is refused when it was signed more than an hour before the first', async () => {
    await add(part('rejected'), { signedAt: 2 * hourMs, content: content('a') });
    const early = { signedAt: hourMs - 1, content: content('b') };
    await expect(add(part('all'), early)).rejects.toEqual(code('response-stale'));
    await add(part('all'), { signedAt: hourMs, content: content('c') });
  });
});

describe('numberGaps()', () => {
  const at = (ms: number): Date => new Date(ms);
  const recipient = (reset: 'never' | 'daily'): Recipient =>
    recipientSchema.parse(
      recipientEntry({
        endpoints: [
          { ...sftpEndpoint, name_pattern: 'F{date}-{sequence}.pgp', sequence: { reset } },
        ],
      }),
    );
  const batch = (sequence: number, leftMs: number): BatchRow =>
    ({
      ...{ id: `b-${sequence}`, recipient: 'psp', sequence, state: 'stored' },
      ...{ changedAt: at(leftMs), availableAt: at(leftMs) },
    }) as unknown as BatchRow;
  const answer = (nextExpected: number, signedMs: number, of = 'b-1'): CardAnswerRow =>
    ({
      ...{ recipient: 'psp', batch: of, nextExpected, signedAt: at(signedMs) },
    }) as unknown as CardAnswerRow;
  const expected = async (
    answers: readonly CardAnswerRow[],
    reset: 'never' | 'daily' = 'never',
  ): Promise<unknown> => {
    const found = await numberGaps({
      configuration: {
        load: () => Promise.resolve({ recipients: [recipient(reset)] } as never),
      },
      handoffs: {
        list: () => Promise.resolve([{ id: 'h' }] as never),
        batchesOf: () => Promise.resolve([batch(1, 100), batch(2, 200), batch(3, 300)]),
      },
      cardAnswers: { list: () => Promise.resolve(answers) },
    });
    return found[0]?.expected;
  };

  it('tells a file that left before the answer, and that they do not count', async () => {
    expect(await expected([answer(3, 250)])).toBeUndefined();
    expect(await expected([answer(2, 250)])).toEqual({ next: 2, sent: 2 });
    expect(await expected([answer(2, 350)])).toEqual({ next: 2, sent: 3 });
    expect(await expected([answer(2, 250), answer(4, 350)])).toBeUndefined();
    expect(await expected([answer(2, 250, 'b-2')])).toBeUndefined();
  });

  it('tells a number that was not reached, and compares nothing that starts again', async () => {
    expect(await expected([answer(9, 350)])).toEqual({ next: 9, sent: 3 });
    expect(await expected([answer(9, 350)], 'daily')).toBeUndefined();
    expect(await expected([])).toBeUndefined();
  });
});
