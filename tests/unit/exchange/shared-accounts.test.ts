import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { decideHandoff } from '../../../src/exchange/handoff/decide-handoff.ts';
import type { Decided } from '../../../src/exchange/handoff/decide-handoff.ts';
import { requestHandoff } from '../../../src/exchange/handoff/request-handoff.ts';
import { sharedAccounts } from '../../../src/exchange/acts/shared-accounts.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const at = (origin: string): ExchangeDesk =>
  Object.assign(Object.create(desk) as ExchangeDesk, { origin });

async function requestedFrom(origin: string): Promise<string> {
  await desk.openIncident();
  const { handoff } = await desk.prepare();
  const officer = 'officer-1';
  await requestHandoff(at(origin), { handoff, officer, proof: desk.proof(officer) });
  return handoff;
}

const decideFrom = (
  origin: string,
  handoff: string,
  {
    officer = 'approver-1',
    decision = 'approve',
  }: { readonly officer?: string; readonly decision?: 'approve' | 'decline' } = {},
): Promise<Decided> =>
  decideHandoff(at(origin), {
    ...{ handoff, officer, decision, reason: 'x', proof: desk.proof(officer) },
  });

const sato = 'cli:host-7:sato';

describe('sharedAccounts()', () => {
  it('names who requested and approved under one account, through whichever door', async () => {
    const handoff = await requestedFrom(sato);
    expect(await sharedAccounts(desk.log, handoff)).toEqual([]);
    await decideFrom('http:host-7:sato', handoff);
    const officers = ['officer-1', 'approver-1'];
    expect(await sharedAccounts(desk.log, handoff)).toEqual([
      { host: 'host-7', account: 'sato', officers },
    ]);
    expect(await sharedAccounts(desk.log, `${handoff}x`)).toEqual([]);
  });

  it.each([
    ['another account', sato, 'cli:host-7:another'],
    ['the same account of another machine', sato, 'cli:host-8:sato'],
    ['a door that knows no account', 'http:192.0.2.1', 'http:192.0.2.1'],
  ])('names nobody who approved under %s', async (_, first, second) => {
    const handoff = await requestedFrom(first);
    await decideFrom(second, handoff);
    expect(await sharedAccounts(desk.log, handoff)).toEqual([]);
  });

  it('takes no refused attempt and no decline for a signature', async () => {
    const handoff = await requestedFrom(sato);
    await expect(decideFrom(sato, handoff, { officer: 'officer-2' })).rejects.toMatchObject({
      code: 'role-missing',
    });
    await decideFrom(sato, handoff, { decision: 'decline' });
    expect(await sharedAccounts(desk.log, handoff)).toEqual([]);
  });
});
