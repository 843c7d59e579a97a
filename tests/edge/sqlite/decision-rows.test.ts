import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Fault } from '../../../src/domain/fault.ts';
import { actOf, decideAct, decisionOf, refusedAct, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
  await store.prepare({
    id: 'h-0001',
    batches: [
      { id: 'b-0001', cards: [1, 2] },
      { id: 'b-0002', recipient: 'amex', cards: [3] },
    ],
  });
});
afterEach(() => store.dispose());

const states = async (): Promise<string[]> =>
  (await store.handoffs.batchesOf('h-0001')).map(({ state }) => state);

const cancel = (id = 'h-0001', act = decideAct(id, 'cancel')): Promise<void> =>
  store.handoffs.cancel(id, store.clock.now(), 'whole', act);
const cancelRest = (): Promise<void> =>
  store.handoffs.cancel('h-0001', store.clock.now(), 'rest', decideAct('h-0001', 'cancel'));

describe('SqliteHandoffRegister.signRequest()', () => {
  const sign = (): Promise<void> =>
    store.handoffs.signRequest(
      'h-0001',
      new Uint8Array([9]),
      actOf('handoff-request', 'handoff:h-0001', { handoff: 'h-0001' }),
    );

  it('keeps the signature with one leaf', async () => {
    await sign();
    expect((await store.handoffs.get('h-0001')).planSignature).toEqual(new Uint8Array([9]));
    expect((await store.acts()).at(-1)).toBe('handoff-request');
  });

  it('refuses once the handoff is decided', async () => {
    await store.decide('h-0001');
    await expect(sign()).rejects.toMatchObject({ code: 'handoff-decided' });
  });

  it('keeps nothing when the leaf is refused', async () => {
    const signing = store.handoffs.signRequest('h-0001', new Uint8Array([9]), refusedAct());
    await expect(signing).rejects.toMatchObject({ code: 'leaf-card-number' });
    expect((await store.handoffs.get('h-0001')).planSignature).toBeUndefined();
  });
});

describe('SqliteHandoffRegister.decide()', () => {
  it('moves every batch with the one approval that is needed', async () => {
    expect(await store.decide('h-0001')).toEqual({ approvals: 1, isSettled: true });
    expect(await states()).toEqual(['approved', 'approved']);
    expect(await store.handoffs.get('h-0001')).toMatchObject({
      state: 'decided',
      outcome: 'approve',
    });
  });

  it('waits for the second approval where two are required', async () => {
    const first = await store.decide('h-0001', 'approve', 'approver-1', 2);
    expect(first).toEqual({ approvals: 1, isSettled: false });
    expect(await states()).toEqual(['built', 'built']);
    const second = await store.decide('h-0001', 'approve', 'approver-2', 2);
    expect(second).toEqual({ approvals: 2, isSettled: true });
    expect(await states()).toEqual(['approved', 'approved']);
  });

  it('counts two approvals of the same moment', async () => {
    const both = ['approver-1', 'approver-2'].map((officer) =>
      store.decide('h-0001', 'approve', officer, 2),
    );
    const results = await Promise.all(both);
    expect(results.map(({ isSettled }) => isSettled).sort()).toEqual([false, true]);
    expect((await store.handoffs.get('h-0001')).outcome).toBe('approve');
  });

  it('lets one of two different decisions of the same moment win, with one leaf', async () => {
    const results = await Promise.allSettled([
      store.decide('h-0001', 'approve', 'approver-1'),
      store.decide('h-0001', 'decline', 'approver-2'),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const decisions = (await store.acts()).filter((act) => /approve|decline/.test(act));
    expect(decisions).toHaveLength(1);
    expect(await store.handoffs.decisionsOf('h-0001')).toHaveLength(1);
  });

  it('a decline settles at once, whatever was required', async () => {
    await store.decide('h-0001', 'approve', 'approver-1', 3);
    const declined = await store.decide('h-0001', 'decline', 'approver-2', 3);
    expect(declined.isSettled).toBe(true);
    expect(await states()).toEqual(['cancelled', 'cancelled']);
    expect((await store.handoffs.get('h-0001')).outcome).toBe('decline');
  });

  it('refuses a second decision by the same officer', async () => {
    await store.decide('h-0001', 'approve', 'approver-1', 2);
    await expect(store.decide('h-0001', 'approve', 'approver-1', 2)).rejects.toMatchObject({
      code: 'handoff-decided',
    });
    expect(await states()).toEqual(['built', 'built']);
  });

  it('refuses a second approval by the same certificate under another id', async () => {
    await store.decide('h-0001', 'approve', 'approver-1', 2);
    const renamed = { ...decisionOf('approve', 'approver-1'), officer: 'somebody' };
    const act = decideAct('h-0001', 'approve');
    await expect(store.handoffs.decide('h-0001', renamed, 2, act)).rejects.toMatchObject({
      code: 'handoff-decided',
    });
  });

  it('refuses the requester, whatever the caller checked', async () => {
    await expect(store.decide('h-0001', 'approve', 'officer-1')).rejects.toThrow();
    expect(await store.handoffs.decisionsOf('h-0001')).toEqual([]);
  });

  it('refuses an unknown handoff and one that is settled', async () => {
    await expect(store.decide('h-none')).rejects.toMatchObject({ code: 'handoff-decided' });
    await store.decide('h-0001');
    await expect(store.decide('h-0001', 'decline', 'approver-2')).rejects.toMatchObject({
      code: 'handoff-decided',
    });
  });

  it('decides nothing when the leaf is refused', async () => {
    const decision = decisionOf('approve', 'approver-1');
    await expect(store.handoffs.decide('h-0001', decision, 1, refusedAct())).rejects.toMatchObject({
      code: 'leaf-card-number',
    });
    expect(await states()).toEqual(['built', 'built']);
    expect(await store.handoffs.decisionsOf('h-0001')).toEqual([]);
    expect((await store.handoffs.get('h-0001')).state).toBe('undecided');
  });
});

describe('SqliteHandoffRegister.cancel()', () => {
  it('settles an undecided handoff', async () => {
    await cancel();
    expect(await states()).toEqual(['cancelled', 'cancelled']);
    expect((await store.handoffs.get('h-0001')).outcome).toBe('cancel');
  });

  it('withdraws approved batches; the outcome stays as it was', async () => {
    await store.decide('h-0001');
    await cancel();
    expect(await states()).toEqual(['cancelled', 'cancelled']);
    expect((await store.handoffs.get('h-0001')).outcome).toBe('approve');
  });

  it.each(['sending', 'publishing', 'stored', 'presumed', 'conflict', 'written'] as const)(
    'refuses when one batch is %s',
    async (state) => {
      await store.decide('h-0001');
      await store.db.updateTable('batch').set({ state }).where('id', '=', 'b-0002').execute();
      await expect(cancel()).rejects.toMatchObject({
        code: 'handoff-decided',
        facts: { batch: 'b-0002', state, rest: 1 },
      });
      expect(await states()).toEqual(['approved', state]);
      await store.db.updateTable('batch').set({ state: 'stored' }).execute();
      const error = await cancel().catch((thrown: unknown) => thrown as Fault);
      expect(error).toMatchObject({ code: 'handoff-decided', facts: { state: 'stored' } });
      expect(error).not.toHaveProperty('facts.rest');
    },
  );

  it.each([
    ['approved', 'stored'],
    ['offered', 'presumed'],
    ['failed', 'partly-read'],
    ['approved', 'conflict'],
  ] as const)('withdraws as the rest what is %s beside what is %s', async (unsent, state) => {
    await store.decide('h-0001');
    const { db } = store;
    await db.updateTable('batch').set({ state: unsent }).where('id', '=', 'b-0001').execute();
    await db.updateTable('batch').set({ state }).where('id', '=', 'b-0002').execute();
    await cancelRest();
    expect(await states()).toEqual(['cancelled', state]);
    expect((await store.handoffs.get('h-0001')).outcome).toBe('approve');
    expect((await store.acts()).at(-1)).toBe('handoff-cancel');
    await expect(cancelRest()).rejects.toMatchObject({ code: 'handoff-decided' });
  });

  it('withdraws no rest while a delivery holds a batch, nor what was opened', async () => {
    await store.decide('h-0001');
    const claim = await store.journal.claim('b-0002', 60_000);
    await expect(cancelRest()).rejects.toMatchObject({ code: 'batch-busy', retry: 'later' });
    await store.journal.release(claim);
    await store.db
      .updateTable('batch')
      .set({ state: 'offered', evidence: '{"sentBytes":0}' })
      .where('id', '=', 'b-0002')
      .execute();
    await cancelRest();
    expect(await states()).toEqual(['cancelled', 'offered']);
  });

  it('refuses while a delivery holds a batch, also before it sent anything', async () => {
    await store.decide('h-0001');
    const claim = await store.journal.claim('b-0002', 60_000);
    await expect(cancel()).rejects.toMatchObject({ code: 'batch-busy', retry: 'later' });
    expect(await states()).toEqual(['approved', 'approved']);
    await store.journal.release(claim);
    await cancel();
  });

  it('refuses what is offered again after it was opened, and a decline leaves it', async () => {
    const offer = (evidence: string): Promise<unknown> =>
      store.db
        .updateTable('batch')
        .set({ state: 'offered', evidence })
        .where('id', '=', 'b-0002')
        .execute();
    await offer('{"sentBytes":0}');
    await expect(cancel()).rejects.toMatchObject({
      ...{ code: 'handoff-decided', facts: { batch: 'b-0002', state: 'offered' } },
    });
    expect(await states()).toEqual(['built', 'offered']);
    await store.decide('h-0001', 'decline');
    expect(await states()).toEqual(['cancelled', 'offered']);
    await offer('{}');
    await cancel();
    expect(await states()).toEqual(['cancelled', 'cancelled']);
  });

  it('refuses a second time, without another leaf', async () => {
    await cancel();
    const size = await store.log.size();
    await expect(cancel()).rejects.toMatchObject({ code: 'handoff-decided' });
    expect(await store.log.size()).toBe(size);
  });

  it('refuses a declined handoff, an unknown one and one without batches', async () => {
    await store.decide('h-0001', 'decline');
    await expect(cancel()).rejects.toMatchObject({ code: 'handoff-decided' });
    await expect(cancel('h-none')).rejects.toMatchObject({ code: 'handoff-unknown' });
    await store.prepare({ id: 'h-0002', batches: [] });
    await expect(cancel('h-0002')).rejects.toMatchObject({ code: 'handoff-empty' });
  });

  it('cancels nothing when the leaf is refused', async () => {
    await expect(cancel('h-0001', refusedAct())).rejects.toMatchObject({
      code: 'leaf-card-number',
    });
    expect(await states()).toEqual(['built', 'built']);
  });
});

describe('SqliteHandoffRegister.moveBatch()', () => {
  const retry = actOf('delivery-retry', 'batch:b-0001', { batch: 'b-0001' });
  const move = (from: 'failed' | 'presumed', act = retry, batch = 'b-0001'): Promise<void> =>
    store.handoffs.moveBatch(batch, from, 'approved', store.clock.now(), act);

  beforeEach(async () => {
    await store.decide('h-0001');
    await store.db.updateTable('batch').set({ state: 'failed' }).execute();
  });

  it('moves the batch with one leaf', async () => {
    await move('failed');
    expect(await states()).toEqual(['approved', 'failed']);
    expect((await store.acts()).at(-1)).toBe('delivery-retry');
  });

  it('forgets of what was found not to be there since when it was', async () => {
    await store.db.updateTable('batch').set({ state: 'presumed', available_at: 1 }).execute();
    await store.handoffs.moveBatch('b-0001', 'presumed', 'failed', store.clock.now(), retry);
    await store.handoffs.moveBatch('b-0002', 'presumed', 'stored', store.clock.now(), retry);
    const rows = await store.handoffs.batchesOf('h-0001');
    expect(rows.map(({ availableAt }) => availableAt?.getTime())).toEqual([undefined, 1]);
  });

  it('moves it once when two people try', async () => {
    const results = await Promise.allSettled([move('failed'), move('failed')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await store.acts()).filter((act) => act === 'delivery-retry')).toHaveLength(1);
  });

  it('refuses with state-forbids when it stands elsewhere by now', async () => {
    await expect(move('presumed')).rejects.toMatchObject({
      code: 'state-forbids',
      facts: { batch: 'b-0001', state: 'failed' },
    });
  });

  it('refuses with batch-busy while a delivery holds it', async () => {
    await store.journal.claim('b-0001', 60_000);
    await expect(move('failed')).rejects.toMatchObject({ code: 'batch-busy' });
    store.nowMs += 60_000;
    await move('failed');
  });

  it('refuses an unknown batch', async () => {
    await expect(move('failed', retry, 'b-none')).rejects.toMatchObject({ code: 'batch-unknown' });
  });

  it('moves nothing when the leaf is refused', async () => {
    await expect(move('failed', refusedAct())).rejects.toMatchObject({ code: 'leaf-card-number' });
    expect(await states()).toEqual(['failed', 'failed']);
  });
});
