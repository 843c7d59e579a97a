import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deliveryExitStatus } from '../../../src/doors/cli/delivery-status.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import type { DeliveryEvidence } from '../../../src/exchange/delivery/delivery-journal.ts';
import { noteRefusal } from '../../../src/exchange/acts/note-refusal.ts';
import { LEASE_MS } from '../../../src/exchange/delivery/delivery-lease.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';

const written: DeliveryEvidence = {
  by: 'folder',
  verification: 'read-back',
  rename: 'not-sent',
  final: 'same',
  temporary: 'absent',
};

let desk: DeliveringDesk;
let handoff: string;
beforeEach(async () => {
  desk = new DeliveringDesk();
  handoff = await desk.approvedFor({ first: 'folder', second: 'folder' });
});
afterEach(() => desk.dispose());

const states = async (): Promise<string[]> =>
  (await desk.handoffs.batchesOf(handoff)).map(({ state }) => state);

/** A delivery that died under way, after its intent. */
async function diesSending(recipient = 'first'): Promise<void> {
  const { journal } = desk.store;
  const { id } = await desk.batchFor(handoff, recipient);
  await journal.intent(await journal.claim(id, LEASE_MS), 1, '.part');
}

function changesRecipient(): void {
  desk.configuration.changeRecipient('second', { state: 'disabled' });
}

describe('deliverHandoff()', () => {
  it('reports a batch that another command holds, and sends the others', async () => {
    const { id } = await desk.batchFor(handoff, 'first');
    await desk.store.journal.claim(id, LEASE_MS);
    const { reports } = await desk.deliver(handoff);
    expect(reports).toMatchObject([
      { recipient: 'first', state: 'approved', attempts: 0, fault: { code: 'batch-busy' } },
      { recipient: 'second', state: 'written' },
    ]);
    expect(deliveryExitStatus(reports)).toBe(75);
  });

  it('reports a batch as it stands when another command was quicker', async () => {
    const { journal } = desk.store;
    desk.handover = {
      put: async () => {
        const { id, state } = await desk.batchFor(handoff, 'second');
        if (state !== 'approved') return;
        desk.store.nowMs += LEASE_MS;
        await journal.outcome(await journal.claim(id, LEASE_MS), 'written', written);
      },
    };
    const { reports } = await desk.deliver(handoff, { recipient: 'second' });
    expect(reports).toMatchObject([{ recipient: 'second', state: 'written', attempts: 0 }]);
    expect(reports[0]).not.toHaveProperty('fault');
  });

  it('throws what concerns more than one batch, after the others have ended', async () => {
    desk.certificates.faults.set(
      desk.configuration.recipients[0]!.fingerprint,
      new Error('the disk is gone'),
    );
    await expect(desk.deliver(handoff)).rejects.toThrow('the disk is gone');
    expect(await states()).toEqual(['approved', 'written']);
  });
});

describe('deliverHandoff() under a plan that no longer holds', () => {
  it('gives up an attempt that broke off, so that the handoff can be cancelled', async () => {
    await diesSending();
    desk.store.nowMs += LEASE_MS;
    changesRecipient();
    const before = (await desk.acts()).length;
    await expect(desk.deliver(handoff)).rejects.toMatchObject({ code: 'plan-changed' });
    expect(await states()).toEqual(['failed', 'approved']);
    expect(await desk.acts(before)).toEqual(['delivery-failed', 'permission-refused']);
    expect((await desk.batchFor(handoff, 'first')).fault?.code).toBe('delivery-interrupted');
    await cancelHandoff(desk, {
      extent: 'whole',
      handoff,
      officer: 'officer-1',
      reason: 'the plan is old',
    });
    expect(await states()).toEqual(['cancelled', 'cancelled']);
  });

  it('does the same when the approval no longer holds', async () => {
    await diesSending();
    desk.store.nowMs += LEASE_MS;
    desk.configuration.changeOfficer('approver-1', { state: 'disabled' });
    await expect(desk.deliver(handoff)).rejects.toMatchObject({ code: 'officer-disabled' });
    expect(await states()).toEqual(['failed', 'approved']);
  });

  it('records the refusal once, whoever catches it further out', async () => {
    desk.configuration.changeOfficer('approver-1', { state: 'disabled' });
    const before = (await desk.acts()).length;
    const fault: unknown = await desk.deliver(handoff).catch((error: unknown) => error);
    await noteRefusal(desk, { officer: 'officer-1', command: 'handoff deliver' }, fault);
    expect(await desk.acts(before)).toEqual(['permission-refused']);
    expect((await desk.store.leaves()).at(-1)).toMatchObject({
      ...{ actor: 'officer-1', object: `handoff:${handoff}` },
      data: { asked: 'deliver', handoff, code: 'officer-disabled' },
    });
  });

  it('leaves an attempt alone that another command still makes', async () => {
    await diesSending();
    changesRecipient();
    await expect(desk.deliver(handoff)).rejects.toMatchObject({ code: 'plan-changed' });
    expect(await states()).toEqual(['sending', 'approved']);
  });

  it('reports what it gave up beside what it looks after, and sends nothing new', async () => {
    const { journal } = desk.store;
    const { id } = await desk.batchFor(handoff, 'second');
    await diesSending();
    const row = await journal.intent(await journal.claim(id, LEASE_MS), 1, '.part');
    await journal.outcome(row, 'presumed', { ...written, by: 'delivery', rename: 'unanswered' });
    desk.store.nowMs += LEASE_MS;
    desk.configuration.changeRecipient('first', { state: 'disabled' });
    const { reports } = await desk.deliver(handoff);
    expect(reports).toMatchObject([
      { recipient: 'first', state: 'failed', fault: { code: 'delivery-interrupted' } },
      { recipient: 'second', state: 'presumed' },
    ]);
    expect(deliveryExitStatus(reports)).toBe(69);
  });
});
