import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type {
  DeliveryState,
  ResolvedOutcome,
} from '../../../src/domain/handoff/delivery-states.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import { requestHandoff } from '../../../src/exchange/handoff/request-handoff.ts';
import { resolveBatch, retryBatch } from '../../../src/exchange/delivery/settle-batch.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { fingerprintOf } from '../../support/recipient-entry.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const states = async (handoff: string): Promise<string[]> =>
  (await desk.handoffs.batchesOf(handoff)).map(({ state }) => state);

describe('requestHandoff()', () => {
  beforeEach(async () => {
    await desk.openIncident();
    await desk.prepare();
  });

  it('keeps the signature over the plan, beside it and with one leaf', async () => {
    await desk.request('h-1');
    const row = await desk.handoffs.get('h-1');
    expect(row.planSignature).toEqual(desk.folder.documents.get('h-1/plan.json.sig'));
    expect((await desk.store.leaves()).at(-1)).toMatchObject({
      ...{ act: 'handoff-request', actor: 'officer-1' },
      data: { planSha256: row.planSha256, reviewSha256: row.reviewSha256 },
    });
  });

  it('may be repeated while nothing is decided, not after', async () => {
    await desk.request('h-1');
    await desk.request('h-1');
    await desk.decide('h-1');
    await expect(desk.request('h-1')).rejects.toMatchObject({ code: 'handoff-decided' });
  });

  it.each([
    ['officer-2', 'role-missing'],
    ['approver-1', 'role-missing'],
  ])('refuses %s, who did not prepare it', async (officer, code) => {
    await expect(desk.request('h-1', officer)).rejects.toMatchObject({ code });
    expect((await desk.handoffs.get('h-1')).planSignature).toBeUndefined();
    expect(desk.folder.documents.has('h-1/plan.json.sig')).toBe(false);
  });

  it('refuses the key of another officer, and a signature over another plan', async () => {
    const base = { handoff: 'h-1', officer: 'officer-1' };
    const stranger = requestHandoff(desk, { ...base, proof: desk.proof('officer-2') });
    await expect(stranger).rejects.toMatchObject({ code: 'signature-not-theirs' });
    const signature = new TextEncoder().encode(`${fingerprintOf(11)}:${'0'.repeat(64)}`);
    const other = requestHandoff(desk, { ...base, proof: { by: 'signature', signature } });
    await expect(other).rejects.toMatchObject({ code: 'signature-wrong' });
    expect((await desk.acts()).at(-1)).toBe('handoff-prepare');
  });

  it('refuses an unknown handoff, and no officer', async () => {
    await expect(desk.request('h-9')).rejects.toMatchObject({ code: 'handoff-unknown' });
    const nobody = requestHandoff(desk, {
      ...{ handoff: 'h-1', officer: undefined, proof: desk.proof('officer-1') },
    });
    await expect(nobody).rejects.toMatchObject({ code: 'officer-required' });
  });
});

describe('cancelHandoff()', () => {
  const cancel = (
    officer = 'officer-1',
    reason: string | undefined = 'wrong file',
  ): Promise<void> => cancelHandoff(desk, { extent: 'whole', handoff: 'h-1', officer, reason });

  it('withdraws a handoff before and after its approval', async () => {
    await desk.requested();
    await cancel();
    expect(await states('h-1')).toEqual(['cancelled']);
    const { handoff } = await desk.prepare();
    await desk.request(handoff);
    await desk.decide(handoff);
    await cancelHandoff(desk, {
      extent: 'whole',
      handoff,
      officer: 'officer-2',
      reason: 'recalled',
    });
    expect(await states(handoff)).toEqual(['cancelled']);
  });

  it('keeps the reason outside its leaf', async () => {
    await desk.requested();
    await cancel();
    const leaf = (await desk.store.leaves()).at(-1)!;
    expect(leaf).toMatchObject({ act: 'handoff-cancel', object: 'handoff:h-1' });
    expect((await desk.log.texts()).at(-1)).toMatchObject({ field: 'reason', text: 'wrong file' });
  });

  it.each([
    ['officer-1', '', 'reason-required'],
    ['approver-1', 'x', 'role-missing'],
    ['nobody', 'x', 'officer-unknown'],
  ])('refuses %s with the reason "%s": %s', async (officer, reason, code) => {
    await desk.requested();
    await expect(cancel(officer, reason)).rejects.toMatchObject({ code });
    expect(await states('h-1')).toEqual(['built']);
  });

  it('refuses an unknown handoff, and one that is cancelled', async () => {
    await expect(cancel()).rejects.toMatchObject({ code: 'handoff-unknown' });
    await desk.requested();
    await cancel();
    await expect(cancel()).rejects.toMatchObject({ code: 'handoff-decided' });
  });
});

describe('resolveBatch() and retryBatch()', () => {
  const base = { batch: 'b-1', officer: 'officer-1' as string | undefined };
  const resolve = (
    outcome: ResolvedOutcome,
    more: { officer?: string; reason?: string | undefined; evidenceSha256?: string } = {},
  ): Promise<DeliveryState> =>
    resolveBatch(desk, {
      ...{ ...base, outcome, reason: 'they rang', evidenceSha256: undefined },
      ...more,
    });
  const retry = (more: { officer?: string; reason?: string } = {}): Promise<DeliveryState> =>
    retryBatch(desk, { ...base, reason: undefined, ...more });
  const put = (state: DeliveryState): Promise<unknown> =>
    desk.store.db.updateTable('batch').set({ state }).execute();

  beforeEach(async () => {
    await desk.decide(await desk.requested());
  });

  it.each([
    ['presumed', 'stored', 'stored'],
    ['presumed', 'not-stored', 'failed'],
    ['presumed', 'withdrawn', 'cancelled'],
    ['conflict', 'stored', 'stored'],
    ['conflict', 'not-stored', 'failed'],
    ['conflict', 'withdrawn', 'cancelled'],
    ['partly-read', 'received', 'read'],
    ['partly-read', 'withdrawn', 'cancelled'],
  ] as const)('resolveBatch() leads from %s by %s to %s', async (from, outcome, to) => {
    await put(from);
    expect(await resolve(outcome, { evidenceSha256: 'a'.repeat(64) })).toBe(to);
    expect(await states('h-1')).toEqual([to]);
    expect((await desk.store.leaves()).at(-1)).toMatchObject({
      ...{ act: 'delivery-resolve', actor: 'officer-1' },
      data: { batch: 'b-1', outcome, evidence: 'a'.repeat(64) },
    });
  });

  it.each(['built', 'approved', 'sending', 'publishing', 'stored', 'failed', 'cancelled'] as const)(
    'resolveBatch() refuses from %s',
    async (state) => {
      await put(state);
      for (const outcome of ['stored', 'not-stored', 'received', 'withdrawn'] as const) {
        await expect(resolve(outcome)).rejects.toMatchObject({ code: 'state-forbids' });
      }
      expect(await states('h-1')).toEqual([state]);
    },
  );

  it.each([
    ['partly-read', 'stored'],
    ['partly-read', 'not-stored'],
    ['presumed', 'received'],
    ['conflict', 'received'],
  ] as const)('resolveBatch() refuses to call what is %s %s', async (state, outcome) => {
    await put(state);
    await expect(resolve(outcome)).rejects.toMatchObject({ code: 'state-forbids' });
    expect(await states('h-1')).toEqual([state]);
  });

  it.each([
    ['partly-read', 'stored', ['received', 'withdrawn']],
    ['presumed', 'received', ['stored', 'not-stored', 'withdrawn']],
    ['stored', 'stored', undefined],
    ['offered', 'withdrawn', undefined],
  ] as const)('resolveBatch() says what may be said of what is %s, not %s', async (...of) => {
    const [state, outcome, choices] = of;
    await put(state);
    const refusal: unknown = await resolve(outcome).catch((error: unknown) => error);
    const about = { batch: 'b-1', handoff: 'h-1', state, event: `resolve ${outcome}` };
    expect(refusal).toHaveProperty('facts', choices === undefined ? about : { ...about, choices });
  });

  it('retryBatch() says what may be said of what nobody knows', async () => {
    await put('conflict');
    await expect(retry()).rejects.toMatchObject({
      facts: { batch: 'b-1', event: 'retry', choices: ['stored', 'not-stored', 'withdrawn'] },
    });
  });

  it('resolveBatch() withdraws what is offered again only where it was opened before', async () => {
    await put('offered');
    await expect(resolve('withdrawn')).rejects.toMatchObject({ code: 'state-forbids' });
    await desk.store.db.updateTable('batch').set({ evidence: '{"sentBytes":0}' }).execute();
    await expect(resolve('received')).rejects.toMatchObject({ code: 'state-forbids' });
    expect(await resolve('withdrawn')).toBe('cancelled');
  });

  it('resolveBatch() needs a reason, an officer and a batch', async () => {
    await put('presumed');
    await expect(resolve('stored', { reason: '' })).rejects.toMatchObject({
      code: 'reason-required',
    });
    await expect(resolve('stored', { reason: undefined })).rejects.toMatchObject({
      code: 'reason-required',
    });
    await expect(resolve('stored', { officer: 'approver-1' })).rejects.toMatchObject({
      code: 'role-missing',
    });
    const unknown = { ...base, outcome: 'stored', reason: 'x', evidenceSha256: undefined } as const;
    await expect(resolveBatch(desk, { ...unknown, batch: 'b-9' })).rejects.toMatchObject({
      code: 'batch-unknown',
    });
    expect(await states('h-1')).toEqual(['presumed']);
  });

  it('retryBatch() lets a failed batch go again, with the same id, bytes and name', async () => {
    await put('failed');
    const before = await desk.handoffs.batch('b-1');
    expect(await retry()).toBe('approved');
    expect(await desk.handoffs.batch('b-1')).toEqual({ ...before, state: 'approved' });
    expect((await desk.acts()).at(-1)).toBe('delivery-retry');
  });

  it('retryBatch() follows a resolve as not stored', async () => {
    await put('presumed');
    await resolve('not-stored');
    expect(await retry({ reason: 'they lost it' })).toBe('approved');
    expect((await desk.log.texts()).at(-1)).toMatchObject({ text: 'they lost it' });
  });

  it.each(['built', 'approved', 'sending', 'publishing', 'stored', 'presumed', 'expired'] as const)(
    'retryBatch() refuses from %s',
    async (state) => {
      await put(state);
      await expect(retry()).rejects.toMatchObject({ code: 'state-forbids' });
      expect(await states('h-1')).toEqual([state]);
    },
  );

  it('retryBatch() refuses who is no officer', async () => {
    await put('failed');
    await expect(retry({ officer: 'approver-1' })).rejects.toMatchObject({ code: 'role-missing' });
    await expect(retry({ officer: 'nobody' })).rejects.toMatchObject({ code: 'officer-unknown' });
  });
});
