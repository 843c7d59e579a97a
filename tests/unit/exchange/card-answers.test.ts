import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CardProcessFault } from '../../../src/cde/errors.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import { KeyFault } from '../../../src/edge/keys/errors.ts';
import { SqlitePickupBook } from '../../../src/edge/sqlite/pickup-book.ts';
import type { DeliveryEvidence } from '../../../src/exchange/delivery/delivery-journal.ts';
import { disputedBatches } from '../../../src/exchange/arrivals/disputed-batches.ts';
import { incidentReadiness } from '../../../src/exchange/incident/incident-readiness.ts';
import { recordWord } from '../../../src/exchange/delivery/record-word.ts';
import type { AnswerJob, ReadAnswer } from '../../../src/exchange/responses/answer-reader.ts';
import { answeredCards } from '../../../src/exchange/responses/answered-cards.ts';
import type { AnsweredCards } from '../../../src/exchange/responses/answered-cards.ts';
import { importCardAnswer } from '../../../src/exchange/responses/import-card-answer.ts';
import type { ImportRequest } from '../../../src/exchange/responses/import-response.ts';
import { showCardAnswer } from '../../../src/exchange/responses/show-card-answer.ts';
import { settleCardAnswer } from '../../../src/exchange/responses/settle-card-answer.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const HOUR_MS = 3_600_000;
const evidence: DeliveryEvidence = {
  ...{ by: 'box', verification: 'read-back', rename: 'not-sent' },
  ...{ final: 'same', temporary: 'absent' },
};
const visitor = { box: 'psp', key: `SHA256:${'a'.repeat(43)}`, from: '127.0.0.1' };
const sha = (text: string): string => digestOf(new TextEncoder().encode(text));

let desk: ExchangeDesk;
/** What the card process says of the next answer. */
let next: ReadAnswer | Error;
let jobs: AnswerJob[];

beforeEach(async () => {
  desk = new ExchangeDesk();
  jobs = [];
  await desk.store.approved();
  desk.configuration.changeRecipient('psp', {
    answers: { format: 'card-answer', within_hours: 72 },
  });
});
afterEach(() => desk.store.dispose());

async function offer(): Promise<Date> {
  const row = await desk.store.journal.claim('b-0001', 60_000);
  await desk.store.journal.outcome(row, 'offered', evidence);
  return desk.clock.now();
}

/** Fetched and put away, hours after it was offered. */
async function take(): Promise<void> {
  const book = new SqlitePickupBook(desk.store.db, desk.clock);
  desk.store.nowMs += 5 * HOUR_MS;
  await book.opened('b-0001', visitor);
  await book.covered('b-0001', [[0, 1000]], true, visitor);
  desk.store.nowMs += HOUR_MS;
  await book.taken('b-0001', visitor);
}

const cardProcess = {
  readAnswer: (job: AnswerJob): Promise<ReadAnswer> => {
    jobs.push(job);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  },
};
const importing = (more: Partial<ImportRequest> = {}): Promise<unknown> =>
  importCardAnswer(Object.assign(Object.create(desk) as ExchangeDesk, { cardProcess }), {
    ...{ batch: 'b-0001', path: 'answer.pgp', officer: 'officer-1', answeredBy: undefined },
    ...{ acceptUnsigned: true, acceptDiffering: false, acceptNonce: false },
    ...{ reason: 'as told by phone', ...more },
  });
const said = (
  content: 'accepted' | 'monitoring',
  signedAt: number | undefined,
  file = `${content} ${signedAt}`,
): ReadAnswer => ({
  ...{ batch: 'b-0001', bytes: 10, sha256: sha(file), contentSha256: sha(content), rows: [] },
  ...{ isSigned: signedAt !== undefined, signedAt, cards: { rest: content, rows: [] } },
});
async function answered(): Promise<AnsweredCards> {
  const { recipients } = await desk.configuration.load();
  const batch = await desk.handoffs.batch('b-0001');
  const [one] = await answeredCards(desk.cardAnswers, [batch], recipients, desk.clock.now());
  return one!;
}
const settling = (refusedOnly: boolean): Promise<unknown> =>
  settleCardAnswer(desk, {
    ...{ batch: 'b-0001', officer: 'officer-1', reason: 'asked by phone', refusedOnly },
  });
const refuse = async (): Promise<void> => {
  next = new ResponsesFault('response-malformed', { line: 1, column: 0 });
  await expect(importing()).rejects.toEqual(next);
};
const fault = (code: string): unknown => expect.objectContaining({ code });

describe('a refused answer about cards', () => {
  beforeEach(async () => {
    await offer();
    await take();
  });

  it('is one whose file was found wrong, not one of which nothing was found out', async () => {
    const size = await desk.store.log.size();
    for (const other of [
      new KeyFault('passphrase-wrong'),
      new CardProcessFault('source-missing'),
      new ResponsesFault('response-overtaken', { batch: 'b-0001' }),
      new Error('broken off'),
    ]) {
      next = other;
      await expect(importing()).rejects.toEqual(other);
    }
    expect(await desk.cardAnswers.refused()).toEqual([]);
    expect(await desk.store.log.size()).toBe(size);
    await refuse();
    expect(await desk.cardAnswers.refused()).toMatchObject([{ code: 'response-malformed' }]);
  });

  it('is settled alone, and the cards become overdue all the same', async () => {
    await refuse();
    await settling(true);
    expect(await answered()).toMatchObject({ open: { unanswered: 3, refused: 0 } });
    desk.store.nowMs += 100 * HOUR_MS;
    expect(await answered()).toMatchObject({ isOverdue: true, settlement: { unanswered: 0 } });
    await expect(settling(true)).rejects.toEqual(fault('response-complete'));
    await settling(false);
    expect(await answered()).toMatchObject({ open: { unanswered: 0 }, isOverdue: false });
    await refuse();
    await settling(true);
    expect(await answered()).toMatchObject({ open: { unanswered: 0, refused: 0 } });
  });

  it('is closed where the same file is taken in, and opens nothing where it was', async () => {
    const at = desk.store.nowMs;
    next = said('monitoring', at);
    await importing();
    next = said('accepted', at + 1000);
    await expect(importing()).rejects.toEqual(fault('response-takes-back'));
    next = new ResponsesFault('response-nonce-differs', { what: 'other', sha256: sha('b') });
    await expect(importing()).rejects.toEqual(next);
    await refuse();
    expect(await answered()).toMatchObject({ open: { refused: 3 } });
    next = said('accepted', at + 1000);
    await importing({ acceptDiffering: true });
    await expect(importing()).rejects.toEqual(fault('response-known'));
    next = said('accepted', at + 2000, 'b');
    await importing({ acceptDiffering: true });
    expect(await answered()).toMatchObject({ open: { refused: 1 } });
    const refused = await desk.cardAnswers.refused();
    expect(refused.map(({ code, isSettled }) => [code, isSettled])).toEqual([
      ['response-takes-back', true],
      ['response-nonce-differs', true],
      ['response-malformed', false],
      ['response-known', true],
    ]);
    expect((await disputedBatches(desk, [await desk.handoffs.batch('b-0001')])).size).toBe(0);
  });

  it('is not closed by a settlement that did not count it', async () => {
    await refuse();
    const settle = desk.cardAnswers.settle.bind(desk.cardAnswers);
    desk.cardAnswers.settle = async (...given) => {
      await refuse();
      return settle(...given);
    };
    await expect(settling(false)).rejects.toEqual(fault('response-overtaken'));
    const isSettled = (await desk.cardAnswers.refused()).map((one) => one.isSettled);
    expect(isSettled).toEqual([false, false]);
  });
});

describe('the same statement about cards', () => {
  beforeEach(async () => {
    await offer();
    await take();
  });

  it('counts again when it is signed later, and once for each signature', async () => {
    const at = desk.store.nowMs;
    next = said('accepted', undefined);
    await importing();
    for (const [content, signedAt] of [
      ['accepted', at],
      ['monitoring', at + 1000],
      ['accepted', at + 2000],
    ] as const) {
      next = said(content, signedAt);
      await importing({ acceptDiffering: true });
    }
    expect(await answered()).toMatchObject({ answers: 4, accepted: 3, monitoring: 0 });
    for (const again of [
      said('accepted', at + 2000, 'encrypted anew'),
      said('accepted', at + 3000, `accepted ${at + 2000}`),
      said('accepted', undefined, 'in clear'),
    ]) {
      next = again;
      await expect(importing()).rejects.toEqual(fault('response-known'));
    }
    next = said('monitoring', at + 1500);
    await expect(importing()).rejects.toEqual(fault('response-stale'));
  });
});

describe('an answer that does not name the nonce', () => {
  beforeEach(async () => {
    await offer();
    await take();
    next = said('monitoring', desk.store.nowMs);
    await importing();
    next = { ...said('accepted', desk.store.nowMs + 1000), nonceDiffers: 'absent' };
  });

  it('is read under acceptNonce alone, with a reason', async () => {
    for (const more of [{}, { acceptDiffering: true }, { acceptNonce: true }]) {
      await importing(more).catch(() => undefined);
    }
    const accepted = jobs.map(({ acceptsOtherNonce }) => acceptsOtherNonce);
    expect(accepted).toEqual([false, false, false, true]);
    const bare = { acceptUnsigned: false, acceptNonce: true, reason: undefined };
    await expect(importing(bare)).rejects.toEqual(fault('reason-required'));
  });

  it('takes nothing back by it', async () => {
    await expect(importing({ acceptNonce: true })).rejects.toEqual(fault('response-takes-back'));
    expect(await answered()).toMatchObject({ monitoring: 3, accepted: 0 });
    await importing({ acceptNonce: true, acceptDiffering: true });
    expect(await answered()).toMatchObject({ monitoring: 0, accepted: 3 });
    expect((await desk.store.leaves()).at(-1)!.data).toMatchObject({ nonceDiffers: 'absent' });
  });
});

describe('showCardAnswer()', () => {
  it('names what came back first, although an answer names every card', async () => {
    await offer();
    await take();
    const { firstReference } = await desk.handoffs.batch('b-0001');
    const [accepted, returned] = [
      { state: 'accepted' } as const,
      { state: 'returned', reason: 'closed-account' } as const,
    ];
    const rows = [accepted, accepted, returned].map((saying, at) => ({
      ...{ record: firstReference + at, saying },
    }));
    next = { ...said('accepted', undefined), cards: { rest: undefined, rows } };
    await importing();
    const { named } = await showCardAnswer(desk, 'b-0001');
    expect(named.map(({ record }) => record - firstReference)).toEqual([2, 0, 1]);
  });
});

describe('when a batch could first be had', () => {
  it('is when a file that is fetched was first opened, however far it has been read since', async () => {
    const offered = await offer();
    const opened = new Date(offered.getTime() + 5 * HOUR_MS);
    expect((await answered()).dueAt).toBeUndefined();
    await take();
    const batch = await desk.handoffs.batch('b-0001');
    expect(batch).toMatchObject({ state: 'taken', availableAt: opened });
    expect((await answered()).dueAt).toEqual(new Date(opened.getTime() + 72 * HOUR_MS));
    await refuse();
    expect(jobs[0]!.batches[0]!.signedFrom).toBe(opened.getTime() - 5 * 60_000);
    const saying = (at: Date): Promise<unknown> =>
      recordWord(desk, {
        ...{ batch: 'b-0001', rung: 'received', channel: 'phone', by: 'Sato', at },
        ...{ evidence: undefined, officer: 'officer-1', note: undefined },
      });
    await expect(saying(offered)).rejects.toEqual(fault('word-before-delivery'));
    await saying(opened);
    expect(await desk.words.all()).toHaveLength(1);
  });

  it('is not moved by what opened it again, or was offered again once it had been opened', async () => {
    const opened = await offer();
    const book = new SqlitePickupBook(desk.store.db, desk.clock);
    await book.opened('b-0001', visitor);
    desk.store.nowMs += HOUR_MS;
    const { journal } = desk.store;
    await journal.outcome(await journal.claim('b-0001', 60_000), 'expired', evidence);
    await offer();
    await take();
    expect(await desk.handoffs.batch('b-0001')).toMatchObject({ availableAt: opened });
  });

  it('is what readiness counts from', async () => {
    const offered = await offer();
    await take();
    const { issuers } = await incidentReadiness(
      Object.assign(Object.create(desk) as ExchangeDesk, { amendments: desk.store.amendments }),
      'shop-a-2020',
    );
    expect(issuers[0]!.lists[0]!.leftAtMs).toBe(offered.getTime() + 5 * HOUR_MS);
  });

  it('is when the first attempt began that was not known to fail', async () => {
    const { journal } = desk.store;
    const began = desk.clock.now();
    await journal.intent(await journal.claim('b-0001', 1), 1, '.tmp-1');
    desk.store.nowMs += HOUR_MS;
    const second = await journal.intent(await journal.load('b-0001'), 2, '.tmp-2');
    expect((await desk.handoffs.batch('b-0001')).availableAt).toEqual(began);
    await journal.outcome(second, 'failed', evidence);
    expect((await desk.handoffs.batch('b-0001')).availableAt).toBeUndefined();
  });

  it.each([
    [{ evidence: '{"sentBytes":1}' }, undefined],
    [{ attempts: 1, available_at: 1 }, undefined],
    [{ attempts: 1, available_at: null }, 'batch-not-sent'],
    [{ attempts: 0, available_at: 1 }, 'batch-not-sent'],
  ])(
    'is taken of what was given up and may be with them, and makes nothing due: %j',
    async (had, refused) => {
      await desk.store.db
        .updateTable('batch')
        .set({ state: 'cancelled', ...had })
        .execute();
      desk.store.nowMs += 100 * HOUR_MS;
      expect(await answered()).toMatchObject({ dueAt: undefined, isOverdue: false });
      if (refused !== undefined) {
        await expect(importing()).rejects.toEqual(fault(refused));
        return;
      }
      next = said('accepted', desk.clock.now().getTime());
      await importing();
      expect((await desk.handoffs.batch('b-0001')).state).toBe('cancelled');
    },
  );

  it('makes nothing due of what was sent elsewhere and is not answered here', async () => {
    await desk.store.db.updateTable('batch').set({ state: 'sent-elsewhere' }).execute();
    desk.store.nowMs += 100 * HOUR_MS;
    expect(await answered()).toMatchObject({ dueAt: undefined, isOverdue: false });
    await expect(importing()).rejects.toEqual(fault('batch-not-sent'));
  });
});
