import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import type { CardAnswerRow } from '../../../src/exchange/responses/card-answers.ts';
import { gapsSince } from '../../../src/exchange/responses/gaps-since.ts';
import { noticeRound } from '../../../src/exchange/serve/notice-round.ts';
import { workspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';
import { actOf } from '../../support/store-bench.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const psp = visitorOf('psp');

let box: PickupBox;
beforeEach(async () => {
  box = new PickupBox();
  await box.offer({ offer_days: 30 });
});
afterEach(() => box.dispose());

/** Kinds and objects in the log, of what stands open. */
async function told(): Promise<string[]> {
  await noticeRound(box).run(new AbortController().signal);
  const leaves = (await box.store.leaves()).filter(({ act }) => act === 'escalation');
  return leaves
    .map(({ data, object }) => `${data['kind'] as string} ${object}`)
    .filter((each) => !each.startsWith('clock-overdue'));
}

const put = async (state: DeliveryState): Promise<unknown> =>
  box.store.db
    .updateTable('batch')
    .set({ state, changed_at: box.store.nowMs })
    .where('id', '=', (await box.batch()).id)
    .execute();

describe('noticeRound()', () => {
  it('tells once of a file of which nothing more was sent for an hour, and not before', async () => {
    const { id } = await box.batch();
    await box.desk().open(psp, id);
    box.store.nowMs += 50 * MINUTE_MS;
    await box.desk().covered(psp, id, [[0, 1]], false);
    box.store.nowMs += HOUR_MS - 1;
    expect(await told()).toEqual([]);
    box.store.nowMs += 1;
    const once = [`partly-read batch:${id}`];
    expect([await told(), await told()]).toEqual([once, once]);
    await box.desk().covered(psp, id, [[1, 2]], false);
    box.store.nowMs += 2 * HOUR_MS;
    expect(await told()).toEqual(once);
  });

  it.each([
    ['presumed', 'delivery-unknown'],
    ['conflict', 'delivery-conflict'],
  ] as const)('tells of what is %s, and again when it is so again', async (state, kind) => {
    const { id } = await box.batch();
    const one = `${kind} batch:${id}`;
    await put(state);
    expect([await told(), await told()]).toEqual([[one], [one]]);
    await put('read');
    box.store.nowMs += HOUR_MS;
    expect(await told()).toEqual([one]);
    await put(state);
    expect([await told(), await told()]).toEqual([
      [one, one],
      [one, one],
    ]);
  });

  it('tells once of each file that was put aside, or not taken', async () => {
    const { arrivals, clock } = box;
    const brought = { recipient: 'psp', way: 'inbox', name: 'a.pgp' } as const;
    const came = { arrival: 'a-1', recipient: 'psp', sha256: 'a'.repeat(64) };
    await arrivals.add(
      { ...brought, id: 'a-1', sha256: 'a'.repeat(64), bytes: 9, arrivedAt: clock.now() },
      actOf('answer-arrived', 'recipient:psp', { ...came, bytes: 9, by: 'inbox' }),
    );
    expect(await told()).toEqual([]);
    const code = 'source-unsigned';
    await arrivals.move(
      'a-1',
      { event: 'quarantine', code },
      actOf('answer-quarantined', 'recipient:psp', { ...came, code }),
    );
    await arrivals.refuse(
      { ...brought, id: 'a-2', code: 'source-not-openpgp', refusedAt: clock.now() },
      actOf('answer-refused', 'recipient:psp', {
        ...{ recipient: 'psp', by: 'inbox', code: 'source-not-openpgp' },
      }),
    );
    const both = ['arrival-aside recipient:psp', 'arrival-aside recipient:psp'];
    expect([await told(), await told()]).toEqual([both, both]);
  });

  it('leaves to rows of their own what status shows of it', async () => {
    await put('presumed');
    const { escalations, attention } = await workspaceStatus(box);
    expect([escalations, attention.map(({ state }) => state)]).toEqual([[], ['presumed']]);
  });
});

describe('gapsSince()', () => {
  const none = { recipient: 'psp', missing: [], expected: undefined };
  const answer = (sequence: number, at: number, more: Partial<CardAnswerRow> = {}) =>
    ({ recipient: 'psp', sequence, importedAt: new Date(at), ...more }) as CardAnswerRow;
  const since = (gaps: object, answers: readonly CardAnswerRow[]): number[] =>
    gapsSince({ ...none, ...gaps }, answers).map((time) => time.getTime());

  it('is when the answer came that leapt, also once the gap is filled in part', () => {
    const answers = [answer(4, 10), answer(10, 20), answer(7, 30), answer(11, 40)];
    const missing = [
      { from: 5, to: 6 },
      { from: 8, to: 9 },
    ];
    expect(since({ missing: [{ from: 5, to: 9 }] }, answers.slice(0, 2))).toEqual([20]);
    expect(since({ missing }, answers)).toEqual([20]);
  });

  it('is one time for each answer that leapt', () => {
    const missing = [
      { from: 2, to: 2 },
      { from: 4, to: 4 },
    ];
    expect(since({ missing }, [answer(1, 10), answer(3, 20), answer(5, 30)])).toEqual([20, 30]);
  });

  it('is when the lower one came where that was later', () => {
    expect(since({ missing: [{ from: 2, to: 4 }] }, [answer(5, 10), answer(1, 20)])).toEqual([20]);
  });

  it('passes over what came before they counted again', () => {
    const again = answer(1, 30, { startsAgain: true });
    const answers = [answer(1, 10), answer(9, 20), again, answer(3, 40)];
    expect(since({ missing: [{ from: 2, to: 2 }] }, answers)).toEqual([40]);
  });

  it('is when they first expected the file that they do not count', () => {
    const first = answer(1, 10, { nextExpected: 3 });
    const answers = [first, answer(2, 20, { nextExpected: 3 })];
    expect(since({ expected: { next: 3, sent: 5 } }, answers)).toEqual([10]);
  });

  it('hears no other recipient', () => {
    const other = { ...answer(9, 5), recipient: 'amex' };
    const answers = [answer(1, 10), other, answer(3, 20)];
    expect(since({ missing: [{ from: 2, to: 2 }] }, answers)).toEqual([20]);
  });
});
