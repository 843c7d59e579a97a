import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { parseEmergency } from '../../../src/domain/handoff/emergency.ts';
import { assertEmergency } from '../../../src/exchange/delivery/assert-emergency.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import { declareEmergency } from '../../../src/exchange/delivery/declare-emergency.ts';
import type { Emergency } from '../../../src/exchange/delivery/emergencies.ts';
import { resolveBatch } from '../../../src/exchange/delivery/settle-batch.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';

let desk: DeliveringDesk;
let handoff: string;
beforeEach(async () => {
  desk = new DeliveringDesk();
  const { settings } = desk.configuration;
  const approvals = { ...settings.approvals, emergency: true };
  desk.configuration.settings = { ...settings, approvals };
  desk.cardProcess.cards = { amex: [1, 2] };
  handoff = await desk.requested();
});
afterEach(() => desk.dispose());

const reason = 'no approver awake';

const declare = (): Promise<void> =>
  declareEmergency(desk, {
    ...{ handoff, officer: 'officer-1', reason, proof: desk.proof('officer-1') },
  });

const emergency = async (): Promise<Emergency> => (await desk.handoffs.get(handoff)).emergency!;

const files = (): (Uint8Array | undefined)[] =>
  ['emergency.json', 'emergency.json.sig'].map((name) =>
    desk.folder.documents.get(`${handoff}/${name}`),
  );

/** Declared, while the disk takes no files. */
async function declareWithoutFiles(): Promise<Emergency> {
  desk.folder.fault = new Error('disk full');
  await expect(declare()).rejects.toThrow('disk full');
  desk.folder.fault = undefined;
  expect(files()).toEqual([undefined, undefined]);
  return emergency();
}

describe('declareEmergency()', () => {
  it('writes the stored statement and signature again when it is repeated, and still refuses', async () => {
    const { statement, signature } = await declareWithoutFiles();
    await expect(declare()).rejects.toMatchObject({ code: 'emergency-open' });
    expect(files()).toEqual([statement, signature]);
    await expect(declare()).rejects.toMatchObject({ code: 'emergency-open' });
    expect(files()).toEqual([statement, signature]);
    expect(parseEmergency(statement)).toMatchObject({ handoff, reason });
    expect((await desk.acts()).filter((act) => act === 'handoff-emergency')).toHaveLength(1);
  });

  it('writes none for another handoff', async () => {
    await declare();
    const before = desk.folder.documents.size;
    desk.cardProcess.cards = { amex: [3] };
    await desk.openIncident({ id: 'shop-b-2020' });
    const { handoff: other } = await desk.prepare({ incident: 'shop-b-2020' });
    const proof = desk.proof('officer-1');
    const asked = { handoff: other, officer: 'officer-1', reason, proof };
    await expect(declareEmergency(desk, asked)).rejects.toMatchObject({
      ...{ code: 'emergency-open', facts: { handoff } },
    });
    const added = [...desk.folder.documents.keys()].slice(before);
    expect(added.filter((name) => name.includes('emergency'))).toEqual([]);
  });
});

describe('deliverHandoff() of an open emergency', () => {
  it('writes the files that a failed disk left out, before it sends', async () => {
    const { statement, signature } = await declareWithoutFiles();
    const { reports } = await desk.deliver(handoff);
    expect(reports.map(({ state }) => state)).toEqual(['written']);
    expect(files()).toEqual([statement, signature]);
  });

  it('writes none once the emergency is over', async () => {
    await declareWithoutFiles();
    await desk.decide(handoff);
    await desk.deliver(handoff);
    expect(files()).toEqual([undefined, undefined]);
  });
});

describe('assertEmergency()', () => {
  const check = async (): Promise<void> => {
    const row = await desk.handoffs.get(handoff);
    await assertEmergency(desk, await desk.configuration.load(), row, row.emergency!);
  };

  it.each([
    [0, undefined],
    [-5 * 60_000, undefined],
    [-5 * 60_000 - 1, 'emergency-in-future'],
    [-86_400_000, 'emergency-in-future'],
    [86_400_000 - 1, undefined],
    [86_400_000, 'emergency-overdue'],
  ])('with a clock that says %d ms after the declaration: %s', async (ms, code) => {
    await declare();
    desk.store.nowMs += ms;
    if (code === undefined) await expect(check()).resolves.toBeUndefined();
    else await expect(check()).rejects.toMatchObject({ code });
  });

  it('stops a delivery under a clock that was set back', async () => {
    await declare();
    desk.store.nowMs -= 86_400_000;
    await expect(desk.deliver(handoff)).rejects.toMatchObject({ code: 'emergency-in-future' });
    expect((await desk.handoffs.batchesOf(handoff))[0]?.state).toBe('approved');
  });
});

describe('cancelHandoff() of an open emergency', () => {
  const cancel = (): Promise<void> =>
    cancelHandoff(desk, { extent: 'whole', handoff, officer: 'officer-1', reason: 'never mind' });

  it.each(['presumed', 'conflict'] as const)(
    'is refused after an attempt ended as %s, whatever was said of it since',
    async (outcome) => {
      await declare();
      const [batch] = await desk.handoffs.batchesOf(handoff);
      const { journal } = desk.store;
      const claimed = await journal.claim(batch!.id, 60_000);
      const sending = await journal.intent(claimed, 1, '.tmp');
      await journal.outcome(sending, outcome, {
        ...{ by: 'delivery', verification: 'unverified', rename: 'unanswered' },
        ...{ final: 'not-looked', temporary: 'not-looked' },
      });
      await resolveBatch(desk, {
        ...{ batch: batch!.id, officer: 'officer-1', reason: 'they say no' },
        ...{ outcome: 'not-stored', evidenceSha256: undefined },
      });
      await expect(cancel()).rejects.toMatchObject({
        ...{ code: 'emergency-open', facts: { handoff, batch: batch!.id } },
      });
      expect((await emergency()).closedAt).toBeUndefined();
      expect((await desk.acts()).at(-1)).toBe('delivery-resolve');
      await desk.decide(handoff, { decision: 'decline', reason: 'set aside' });
      expect((await emergency()).closedAt).toBeDefined();
    },
  );

  it('ends it while nothing was tried', async () => {
    await declare();
    await cancel();
    expect((await emergency()).closedAt).toBeDefined();
  });
});
