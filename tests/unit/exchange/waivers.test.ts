import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Party, WaiverState } from '../../../src/domain/readiness/statements.ts';
import { recordTold } from '../../../src/exchange/incident/record-told.ts';
import { waiverReport } from '../../../src/exchange/waivers/waiver-report.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

const incident = 'shop-a-2020';
const psp: Party = { kind: 'recipient', name: 'psp' };

let desk: ExchangeDesk;
let issuer: Party;
beforeEach(async () => {
  desk = new ExchangeDesk();
  await desk.decide(await desk.requested());
  const [row] = (await report()).rows;
  issuer = { kind: 'issuer', name: row!.issuer };
});
afterEach(() => desk.dispose());

const folder = { putIncidentDocument: () => Promise.resolve('') };

function ports() {
  const { origin, configuration, incidents, handoffs, words, told, responses, clock, store } = desk;
  const read = { incidents, handoffs, words, told, responses, clock };
  return { ...read, origin, configuration, folder, amendments: store.amendments };
}

const report = () => waiverReport(ports(), incident);

async function say(party: Party, outcome: WaiverState, reason?: string): Promise<void> {
  await recordTold(ports(), {
    ...{ incident, party, told: { subject: 'waiver', outcome }, saidAt: undefined },
    ...{ channel: 'mail', by: 'Sato', terms: undefined, evidence: undefined },
    ...{ officer: 'officer-1', reason },
  });
}

const refused = (code: string): unknown => expect.objectContaining({ code });

describe('recordTold() of a waiver', () => {
  it('judges a first word of an issuer by what its recipient said of it', async () => {
    await say(psp, 'granted');
    await expect(say(issuer, 'requested', 'x')).rejects.toEqual(refused('waiver-step'));
    await expect(say(issuer, 'declined')).rejects.toEqual(refused('reason-required'));
    await say(psp, 'closed', 'over');
    await expect(say(issuer, 'declined', 'x')).rejects.toEqual(refused('waiver-step'));
  });

  it('judges a later one by its own word', async () => {
    await say(issuer, 'requested');
    await say(psp, 'granted');
    await say(issuer, 'declined');
    expect((await report()).rows[0]!.state).toBe('declined');
  });
});

describe('waiverReport()', () => {
  it('counts the days since it was first asked, also where we gave up in between', async () => {
    const day = 86_400_000;
    await say(psp, 'requested');
    desk.store.nowMs += 3 * day;
    await say(psp, 'no-answer');
    desk.store.nowMs += 2 * day;
    await say(psp, 'requested');
    expect((await report()).rows[0]!.waitingDays).toBe(5);
    await say(psp, 'declined');
    desk.store.nowMs += day;
    await say(psp, 'requested', 'asked again');
    expect((await report()).rows[0]!.waitingDays).toBe(0);
  });
});
