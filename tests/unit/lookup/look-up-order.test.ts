import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { reasons } from '../../../src/domain/intake/reasons.ts';
import type { HandoffRegister } from '../../../src/exchange/handoff/handoff-register.ts';
import type { IncidentRegister } from '../../../src/exchange/incident/incident-register.ts';
import { lookUpOrder } from '../../../src/exchange/lookup/look-up-order.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

// Handoffs of an incident that lists two merchants, newest last, with one order each; which a page says in bytes.

const text = new TextEncoder().encode('A-1');
const noRecipient = reasons.findIndex(({ id }) => id === 'no-recipient') + 1;
/** Shared bytes, brand, what it is, last four digits, windows, merchant, length, text. */
const reference = (what: number, merchant: number, brand = 0, ending = 0): Uint8Array =>
  Uint8Array.from([0, brand, what, ending, ending, 1, merchant, text.length, ...text]);
const withoutNumber = (merchant: number): Uint8Array => reference(noRecipient, merchant);
const withCard = (merchant: number): Uint8Array => reference(0, merchant, 1, 0x11);

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const found = (...pages: readonly Uint8Array[]): Promise<unknown> => foundAt(undefined, ...pages);

const foundAt = (merchant: string | undefined, ...pages: readonly Uint8Array[]) =>
  foundIn([['shop-a-2020', 'a', 'b']], merchant, ...pages);

/** In these incidents: each its id, and those of its merchants. */
async function foundIn(
  of: readonly (readonly string[])[],
  merchant: string | undefined,
  ...pages: readonly Uint8Array[]
): Promise<unknown> {
  const report = { windows: [], merchants: [{ merchant: 'a' }, { merchant: 'b' }] };
  const handoffs = {
    list: () =>
      Promise.resolve(pages.map((_, at) => ({ id: String(at), outcome: 'approve', report }))),
    batchesOf: () => Promise.resolve([]),
    async *referencePages(id: string) {
      yield await Promise.resolve(pages[Number(id)]!);
    },
  } as unknown as HandoffRegister;
  const lookUps = { add: () => Promise.resolve(), askedSince: () => Promise.resolve([]) };
  const row = (id: string, merchants?: readonly object[]) => ({
    ...{ incident: { id, merchants }, documentSha256: '', purge: undefined },
  });
  const listed = of.map(([id, ...ids]) =>
    row(id!, ids.length > 0 ? ids.map((each) => ({ id: each })) : undefined),
  );
  const incidents = { list: () => Promise.resolve(listed) } as unknown as IncidentRegister;
  const ports = Object.assign(Object.create(desk) as ExchangeDesk, {
    ...{ handoffs, incidents, lookUps },
  });
  const asked = { incident: undefined, officer: 'officer-1', reason: 'a caller', reference: 'A-1' };
  const said = { merchant, lastFour: undefined };
  const { hits, asksFor } = await lookUpOrder(ports, { ...asked, ...said });
  if (asksFor !== undefined) return asksFor;
  return hits.map(({ merchant, reason, lastFour, isUnlisted }) =>
    // No handoff of these has a list.
    isUnlisted === (reason === undefined || undefined) ? [merchant, reason ?? lastFour] : hits,
  );
}

describe('lookUpOrder()', () => {
  it('tells what the newest handoff knows, not that an older one had no use for the number', async () => {
    expect(await found(withoutNumber(0), withCard(0))).toEqual([['a', '1111']]);
  });

  it('keeps a record without a usable number that no newer handoff of its merchant has', async () => {
    const both = [withoutNumber(1), withCard(0)];
    expect(await found(...both)).toBe('shop');
    expect(await foundAt('a', ...both)).toEqual([['a', '1111']]);
    expect(await foundAt('b', ...both)).toEqual([['b', 'no-recipient']]);
    expect(await found(withCard(0), withoutNumber(0))).toEqual([
      ['a', 'no-recipient'],
      ['a', '1111'],
    ]);
  });

  it('refuses a shop that no incident has, and names those that are there', async () => {
    const [mall, other, alone] = [['mall', 'a', 'b'], ['other', 'c'], ['alone']];
    await expect(foundIn([mall], 'z', withCard(0))).rejects.toMatchObject({
      ...{
        code: 'merchant-unknown',
        facts: { incident: 'mall', merchant: 'z', known: ['a', 'b'] },
      },
    });
    const several = await foundIn([mall, other, alone], 'z', withCard(0)).catch(
      (error: unknown) => error,
    );
    expect(several).toMatchObject({ code: 'merchant-unknown' });
    expect((several as { facts: unknown }).facts).toEqual({
      merchant: 'z',
      known: ['a', 'b', 'c'],
    });
    await expect(foundIn([alone], 'a', withCard(0))).rejects.toMatchObject({
      ...{ code: 'merchants-absent', facts: { incident: 'alone' } },
    });
    expect(await foundIn([other, mall], 'a', withCard(0))).toBe('shop');
    expect(await foundIn([], 'a')).toEqual([]);
  });
});
