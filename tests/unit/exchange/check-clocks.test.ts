import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { clockChecks } from '../../../src/exchange/incident/check-clocks.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
  desk.store.nowMs = Date.parse('2026-11-22T10:00:00Z');
});
afterEach(() => desk.dispose());

const verdicts = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await clockChecks(desk)).map(({ check, verdict }) => [check, verdict]));

describe('clockChecks()', () => {
  it('has nothing to say where no time limit is late and the table reaches far enough', async () => {
    expect(await verdicts()).toEqual({ clocks: 'ok', holidays: 'ok' });
    await desk.openIncident({ discovered_at: '2026-11-22T18:00:00+09:00' });
    expect(await verdicts()).toEqual({ clocks: 'ok', holidays: 'ok' });
  });

  it('names the incidents whose time limits are late', async () => {
    await desk.openIncident({ discovered_at: '2026-11-20T18:00:00+09:00' });
    const [clocks] = await clockChecks(desk);
    // Mastercard's 24 hours.
    expect(clocks).toMatchObject({
      ...{ verdict: 'warning', facts: { overdue: 1, incidents: ['shop-a-2020'] } },
    });
  });

  it.each([
    ['2027-10-22T00:00:00Z', 'ok'],
    ['2027-10-24T00:00:00Z', 'warning'],
    ['2028-06-01T00:00:00Z', 'warning'],
  ])('on %s the table of holidays is %s', async (now, verdict) => {
    desk.store.nowMs = Date.parse(now);
    expect(await verdicts()).toMatchObject({ holidays: verdict });
  });
});
