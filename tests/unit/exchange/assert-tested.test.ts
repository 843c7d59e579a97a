import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PlannedBatch } from '../../../src/domain/handoff/plan.ts';
import { combinationDigest } from '../../../src/domain/recipients/recipient-test.ts';
import { isRefusalRecorded } from '../../../src/exchange/acts/record-refusal.ts';
import { assertTested } from '../../../src/exchange/delivery/assert-tested.ts';
import type { DeliveryFault } from '../../../src/exchange/delivery/delivery-errors.ts';
import type { RecipientTestRow } from '../../../src/exchange/recipients/recipient-tests.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

let desk: ExchangeDesk;
let planned: PlannedBatch;
beforeEach(async () => {
  desk = new ExchangeDesk();
  const { batches } = await desk.planOf(await desk.requested());
  planned = batches[0]!;
});
afterEach(() => desk.dispose());

/** A desk on which this was read back, as `recipient combination`, and a batch that this key signed. */
function check(
  mode: 'drill' | 'live',
  readBack?: string,
  signer = desk.facts.signer,
): Promise<void> {
  const passed = (recipient: string, combination: string): Promise<RecipientTestRow | undefined> =>
    Promise.resolve(
      readBack === `${recipient} ${combination}` ? ({} as RecipientTestRow) : undefined,
    );
  const { configuration, log, origin } = desk;
  const recipientTests = { passed, standFor: () => Promise.resolve() };
  const ports = { configuration, log, origin, facts: { ...desk.facts, mode }, recipientTests };
  return assertTested(ports, planned, signer, 'h-1', 'officer-1');
}

describe('assertTested()', () => {
  it('asks for no test in a drill', async () => {
    await expect(check('drill')).resolves.toBeUndefined();
  });

  it('passes a live batch whose recipient read back exactly this combination', async () => {
    const tested = `${planned.recipient} ${combinationDigest(planned)}`;
    await expect(check('live', tested)).resolves.toBeUndefined();
  });

  it('takes a test of the key of init for no test of one that followed it', async () => {
    const signer = 'B'.repeat(40);
    const old = `${planned.recipient} ${combinationDigest(planned)}`;
    const own = `${planned.recipient} ${combinationDigest({ ...planned, signer })}`;
    await expect(check('live', old, signer)).rejects.toMatchObject({ code: 'recipient-untested' });
    await expect(check('live', own, signer)).resolves.toBeUndefined();
    await expect(check('live', own)).rejects.toMatchObject({ code: 'recipient-untested' });
  });

  it.each(['', 'another recipient', 'another combination'])(
    'refuses a live batch after %j was read back, and records that',
    async (what) => {
      const readBack = {
        'another recipient': `other ${combinationDigest(planned)}`,
        'another combination': `${planned.recipient} ${'0'.repeat(64)}`,
      }[what];
      const before = await desk.store.log.size();
      const fault: unknown = await check('live', readBack).catch((error: unknown) => error);
      expect(fault).toMatchObject({
        code: 'recipient-untested',
        facts: { recipient: planned.recipient, batch: planned.batch },
      });
      expect(isRefusalRecorded(fault as DeliveryFault)).toBe(true);
      expect(await desk.acts(before)).toEqual(['permission-refused']);
    },
  );
});
