import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { noticeRound } from '../../../src/exchange/serve/notice-round.ts';
import { settleResponse } from '../../../src/exchange/responses/settle-response.ts';
import { showResponse } from '../../../src/exchange/responses/show-response.ts';
import { workspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { addCardAnswer } from '../../support/card-answer-of.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';

const HOUR_MS = 3_600_000;

let desk: DeliveringDesk;
let handoff: string;
beforeEach(async () => {
  desk = new DeliveringDesk();
  handoff = await desk.approvedFor({ first: 'folder', second: 'folder' });
});
afterEach(() => desk.dispose());

/** Kinds and objects of the escalations in the log, in its order; of time limits of incidents only if asked for. */
async function told(withClocks = false): Promise<string[]> {
  await noticeRound(desk).run(new AbortController().signal);
  const leaves = (await desk.store.leaves()).filter(({ act }) => act === 'escalation');
  const kinds = leaves.filter(({ data }) => withClocks || data['kind'] !== 'clock-overdue');
  return kinds.map(({ actor, object, data }) => `${actor} ${data['kind'] as string} ${object}`);
}

const ofHandoff = (kind: string): string => `service.serve ${kind} handoff:${handoff}`;

async function kinds(): Promise<string[]> {
  return (await workspaceStatus(desk)).escalations.map(({ kind }) => kind);
}

describe('noticeRound()', () => {
  it('tells once that a plan with unsent batches ends, and once that it has ended', async () => {
    expect(await told()).toEqual([]);
    desk.store.nowMs += 59 * HOUR_MS;
    expect([await told(), await kinds()]).toEqual([[], []]);
    desk.store.nowMs += 1.5 * HOUR_MS;
    expect(await told()).toEqual([ofHandoff('plan-ending')]);
    expect([await told(), await kinds()]).toEqual([[ofHandoff('plan-ending')], ['plan-ending']]);
    desk.store.nowMs += 12 * HOUR_MS;
    const both = [ofHandoff('plan-ending'), ofHandoff('plan-ended')];
    expect([await told(), await told(), await kinds()]).toEqual([both, both, ['plan-ended']]);
  });

  it('says nothing of a plan whose batches have left', async () => {
    await desk.deliver(handoff);
    desk.store.nowMs += 100 * HOUR_MS;
    expect([await told(), await kinds()]).toEqual([[], []]);
  });

  it('tells once that an answer is overdue by the terms of its recipient', async () => {
    await desk.deliver(handoff);
    const { id } = await desk.batchFor(handoff, 'first');
    const answers = { format: 'card-answer', within_hours: 48 } as const;
    desk.configuration.changeRecipient('first', { answers });
    desk.store.nowMs += 48 * HOUR_MS - 1;
    expect(await told()).toEqual([]);
    desk.store.nowMs += 1;
    const once = [`service.serve answer-overdue batch:${id}`];
    expect([await told(), await told(), await kinds()]).toEqual([once, once, ['answer-overdue']]);
  });

  it('puts together what stands of a late list while cards are without an answer, and not after', async () => {
    await desk.deliver(handoff);
    const { id } = await desk.batchFor(handoff, 'first');
    const answers = { format: 'card-answer', within_hours: 48 } as const;
    desk.configuration.changeRecipient('first', { answers });
    const standing = vi.spyOn(desk.cardAnswers, 'standing');
    const asked = async (): Promise<[string[], boolean]> => {
      standing.mockClear();
      return [await kinds(), standing.mock.calls.some(([batch]) => batch === id)];
    };
    expect(await asked()).toEqual([[], false]);
    desk.store.nowMs += 48 * HOUR_MS;
    expect(await asked()).toEqual([['answer-overdue'], true]);
    const saying = { state: 'accepted' } as const;
    const { firstReference: record } = await desk.batchFor(handoff, 'first');
    await addCardAnswer(desk.store, id, 'a', { rest: undefined, rows: [{ record, saying }] });
    expect(await asked()).toEqual([['answer-overdue'], true]);
    await addCardAnswer(desk.store, id, 'b', { rest: 'accepted', rows: [] });
    expect(await asked()).toEqual([[], false]);
  });

  it('tells it of references too, and of terms in working days, until somebody settles them', async () => {
    await desk.deliver(handoff);
    const { id } = await desk.batchFor(handoff, 'first');
    await desk.store.db.updateTable('batch').set({ subject: 'references' }).execute();
    const within_days = { count: 1, of: 'bank' } as const;
    desk.configuration.changeRecipient('first', {
      answers: { format: 'card-answer', within_days },
    });
    const { dueAt } = (await showResponse(desk, id)).answered;
    desk.store.nowMs = dueAt!.getTime() - 1;
    expect([await told(), (await showResponse(desk, id)).answered.isOverdue]).toEqual([[], false]);
    desk.store.nowMs += 1;
    const once = [`service.serve answer-overdue batch:${id}`];
    expect([await told(), await told(), await kinds()]).toEqual([once, once, ['answer-overdue']]);
    expect((await showResponse(desk, id)).answered.isOverdue).toBe(true);
    await settleResponse(desk, { batch: id, officer: 'officer-1', reason: 'asked by phone' });
    expect([await kinds(), (await showResponse(desk, id)).answered.isOverdue]).toEqual([[], false]);
  });

  it('tells that a retention is about to end', async () => {
    await desk.deliver(handoff);
    const retention = { incident_days: 31 };
    desk.configuration.settings = { ...desk.configuration.settings, retention };
    desk.store.nowMs += 48 * HOUR_MS;
    const { incident } = await desk.handoffs.get(handoff);
    expect(await told()).toContain(`service.serve retention-ending incident:${incident}`);
  });

  it('tells of a time limit of an incident that has passed', async () => {
    desk.store.nowMs += 400 * 24 * HOUR_MS;
    const { incident } = await desk.handoffs.get(handoff);
    const late = `service.serve clock-overdue incident:${incident}`;
    const first = (await told(true)).filter((each) => each === late);
    expect(first.length).toBeGreaterThan(0);
    expect((await told(true)).filter((each) => each === late)).toEqual(first);
  });
});
