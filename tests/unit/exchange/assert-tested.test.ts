import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PlannedBatch } from '../../../src/domain/handoff/plan.ts';
import { combinationDigest } from '../../../src/domain/recipients/recipient-test.ts';
import { assertTested } from '../../../src/exchange/assert-tested.ts';
import type { RecipientTestRow } from '../../../src/exchange/recipient-tests.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

let desk: ExchangeDesk;
let planned: PlannedBatch;
beforeEach(async () => {
  desk = new ExchangeDesk();
  const { batches } = await desk.planOf(await desk.requested());
  planned = batches[0]!;
});
afterEach(() => desk.dispose());

/** A desk on which these were read back, as `recipient combination`. */
function check(mode: 'drill' | 'live', ...readBack: string[]): Promise<void> {
  const passed = (recipient: string, combination: string): Promise<RecipientTestRow | undefined> =>
    Promise.resolve(
      readBack.includes(`${recipient} ${combination}`) ? ({} as RecipientTestRow) : undefined,
    );
  const { log, origin } = desk;
  const ports = { log, origin, facts: { ...desk.facts, mode }, recipientTests: { passed } };
  return assertTested(ports, planned, 'h-1', 'officer-1');
}

describe('assertTested()', () => {
  it('asks for no test in a drill', async () => {
    await expect(check('drill')).resolves.toBeUndefined();
  });

  it('passes a live batch whose recipient read back exactly this combination', async () => {
    const tested = `${planned.recipient} ${combinationDigest(planned)}`;
    await expect(check('live', tested)).resolves.toBeUndefined();
  });

  it.each(['', 'another recipient', 'another combination'])(
    'refuses a live batch after %j was read back, and records that',
    async (what) => {
      const readBack = {
        '': [],
        'another recipient': [`other ${combinationDigest(planned)}`],
        'another combination': [`${planned.recipient} ${'0'.repeat(64)}`],
      }[what]!;
      const before = await desk.store.log.size();
      await expect(check('live', ...readBack)).rejects.toMatchObject({
        code: 'recipient-untested',
        facts: { recipient: planned.recipient, batch: planned.batch },
      });
      expect(await desk.acts(before)).toEqual(['permission-refused']);
    },
  );
});
