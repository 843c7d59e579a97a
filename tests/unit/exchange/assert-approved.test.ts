import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeApproval, parseApproval } from '../../../src/domain/handoff/approval.ts';
import type { Approval } from '../../../src/domain/handoff/approval.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { assertApproved } from '../../../src/exchange/handoff/assert-approved.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { testOfficer } from '../../support/memory-workspace.ts';
import { fingerprintOf } from '../../support/recipient-entry.ts';

let desk: ExchangeDesk;
let handoff: string;
beforeEach(async () => {
  desk = new ExchangeDesk();
  handoff = await desk.requested();
});
afterEach(() => desk.dispose());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const check = async (): Promise<void> =>
  assertApproved(desk, await desk.configuration.load(), await desk.handoffs.get(handoff));

/** Writes into the row what a program other than ours could write. */
const forge = (values: object): Promise<unknown> =>
  desk.store.db.updateTable('decision').set(values).execute();

/** A statement of another wording, properly signed by the given certificate. */
async function forgeStatement(change: Partial<Approval>, signer = 21): Promise<void> {
  const [decision] = await desk.handoffs.decisionsOf(handoff);
  const statement = encodeApproval({ ...parseApproval(decision!.statement), ...change });
  await forge({ statement, signature: bytes(`${fingerprintOf(signer)}:${digestOf(statement)}`) });
}

describe('assertApproved()', () => {
  it('holds for an approval as it was given', async () => {
    await desk.decide(handoff);
    await expect(check()).resolves.toBeUndefined();
  });

  it('refuses a handoff that waits, was declined or was cancelled', async () => {
    await expect(check()).rejects.toMatchObject({ code: 'handoff-not-approved' });
    await desk.decide(handoff, { decision: 'decline', reason: 'no' });
    await expect(check()).rejects.toMatchObject({ code: 'handoff-not-approved' });
  });

  it('does not believe a state that no signature backs', async () => {
    await desk.store.db
      .updateTable('handoff')
      .set({ state: 'decided', outcome: 'approve' })
      .execute();
    await expect(check()).rejects.toMatchObject({
      ...{ code: 'handoff-not-approved', facts: { approvals: 0, required: 1 } },
    });
  });

  it('does not believe a lower number of approvals than the plan asks for', async () => {
    const { settings } = desk.configuration;
    const approvals = { ...settings.approvals, required: 2 };
    desk.configuration.settings = { ...settings, approvals };
    await desk.handoffs.cancel(handoff, desk.clock.now(), 'whole', {
      draft: {
        ...{ actor: 'officer-1', act: 'handoff-cancel', result: 'done', origin: 'cli:test' },
        ...{ object: `handoff:${handoff}`, data: { handoff } },
      },
    });
    ({ handoff } = await desk.prepare());
    await desk.request(handoff);
    await desk.decide(handoff);
    await desk.store.db
      .updateTable('handoff')
      .set({ state: 'decided', outcome: 'approve' })
      .where('id', '=', handoff)
      .execute();
    await expect(check()).rejects.toMatchObject({
      ...{ code: 'handoff-not-approved', facts: { approvals: 1, required: 2 } },
    });
  });

  it.each([
    ['a byte of the statement changed', { statement: bytes('{"type":"x"}') }, 'signature-wrong'],
    ['an empty statement', { statement: new Uint8Array(0) }, 'signature-wrong'],
    ['another signature', { signature: bytes('x') }, 'signature-malformed'],
    [
      'a signature by another approver',
      { signature: bytes(`${fingerprintOf(22)}:x`) },
      'signature-not-theirs',
    ],
    ['another certificate in the row', { fingerprint: fingerprintOf(22) }, 'officer-key-mismatch'],
    ['another officer in the row', { officer: 'approver-2' }, 'officer-key-mismatch'],
    ['an officer nobody knows', { officer: 'somebody' }, 'officer-unknown'],
  ])('refuses a row with %s', async (_, values, code) => {
    await desk.decide(handoff);
    await forge(values);
    await expect(check()).rejects.toMatchObject({ code });
  });

  it.each([
    ['another handoff', { handoff: 'h-other' }],
    ['another plan', { planSha256: '0'.repeat(64) }],
    ['another review', { reviewSha256: '0'.repeat(64) }],
    ['another officer', { officer: 'approver-2' }],
    ['a decline', { decision: 'decline' }],
  ] as const)('refuses a well-signed statement about %s', async (_, change) => {
    await desk.decide(handoff);
    await forgeStatement(change);
    await expect(check()).rejects.toMatchObject({ code: 'statement-other-plan' });
  });

  it('refuses a decline that was turned into an approval in the row', async () => {
    await desk.decide(handoff, { decision: 'decline', reason: 'no' });
    await forge({ decision: 'approve' });
    await desk.store.db.updateTable('handoff').set({ outcome: 'approve' }).execute();
    await expect(check()).rejects.toMatchObject({ code: 'statement-other-plan' });
  });

  it('refuses when the approver was disabled or left since', async () => {
    await desk.decide(handoff);
    desk.configuration.changeOfficer('approver-1', { state: 'disabled' });
    await expect(check()).rejects.toMatchObject({ code: 'officer-disabled' });
    desk.configuration.officers = desk.configuration.officers.slice(0, 2);
    await expect(check()).rejects.toMatchObject({ code: 'officer-unknown' });
  });

  it('refuses when the approver has another certificate since', async () => {
    await desk.decide(handoff);
    desk.configuration.changeOfficer('approver-1', { fingerprint: fingerprintOf(77) });
    await expect(check()).rejects.toMatchObject({ code: 'officer-key-mismatch' });
  });

  it('does not count an approval by the certificate that requested', async () => {
    await desk.decide(handoff);
    const twin = testOfficer('approver-9', 11);
    desk.configuration.officers = [...desk.configuration.officers, twin];
    await forge({ officer: 'approver-9', fingerprint: fingerprintOf(11) });
    await forgeStatement({ officer: 'approver-9' }, 11);
    await expect(check()).rejects.toMatchObject({ code: 'handoff-not-approved' });
  });

  it('refuses a plan that was exchanged together with its bytes', async () => {
    await desk.decide(handoff);
    const plan = bytes('{}');
    await desk.store.db.updateTable('handoff').set({ plan }).execute();
    await expect(check()).rejects.toMatchObject({ code: 'plan-changed' });
  });
});
