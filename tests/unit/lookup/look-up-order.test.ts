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
const withCard = (merchant: number, ending = 0x11): Uint8Array => reference(0, merchant, 1, ending);
/** Of a handoff of before the incident listed its merchants: its page has no byte for one. */
const ofNobody = Uint8Array.from([0, 1, 0, 0x11, 0x11, 1, text.length, ...text]);

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

interface Said {
  readonly merchant?: string;
  readonly lastFour?: string;
}

const found = (...pages: readonly Uint8Array[]): Promise<unknown> => foundFor({}, ...pages);

const foundFor = (said: Said, ...pages: readonly Uint8Array[]): Promise<unknown> =>
  foundIn([['shop-a-2020', 'a', 'b']], said, ...pages);

/** In these incidents: each its id, and those of its merchants. */
async function foundIn(
  of: readonly (readonly string[])[],
  { merchant, lastFour }: Said,
  ...pages: readonly Uint8Array[]
): Promise<unknown> {
  const merchants = [{ merchant: 'a' }, { merchant: 'b' }];
  const reportOf = (page: Uint8Array) =>
    page === ofNobody ? { windows: [] } : { windows: [], merchants };
  const handoffs = {
    list: () =>
      Promise.resolve(
        pages.map((page, at) => ({ id: String(at), outcome: 'approve', report: reportOf(page) })),
      ),
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
  const said = { merchant, lastFour };
  const { hits, asksFor } = await lookUpOrder(ports, { ...asked, ...said });
  if (asksFor !== undefined) return asksFor;
  return hits.map(({ merchant: of, reason, lastFour: digits, isUnlisted }) =>
    // No handoff of these has a list.
    isUnlisted === (reason === undefined || undefined) ? [of, reason ?? digits] : hits,
  );
}

describe('lookUpOrder()', () => {
  it('tells what the newest handoff knows, not that an older one had no use for the number', async () => {
    expect(await found(withoutNumber(0), withCard(0))).toEqual([['a', '1111']]);
  });

  it('keeps a record without a usable number that no newer handoff of its merchant has', async () => {
    const both = [withoutNumber(1), withCard(0)];
    expect(await found(...both)).toBe('shop');
    expect(await foundFor({ merchant: 'a' }, ...both)).toEqual([['a', '1111']]);
    expect(await foundFor({ merchant: 'b' }, ...both)).toEqual([['b', 'no-recipient']]);
    expect(await found(withCard(0), withoutNumber(0))).toEqual([
      ['a', 'no-recipient'],
      ['a', '1111'],
    ]);
  });

  it('asks for the shop although digits fit in one alone: a stranger has them by chance', async () => {
    const both = [withCard(0), withCard(1, 0x22)];
    for (const lastFour of [undefined, '1111', '2222', '3333']) {
      expect(await foundFor({ ...(lastFour && { lastFour }) }, ...both)).toBe('shop');
    }
    expect(await foundFor({ lastFour: '1111' }, withCard(0), withCard(1))).toBe('shop');
    expect(await foundFor({ merchant: 'b', lastFour: '2222' }, ...both)).toEqual([['b', '2222']]);
    expect(await foundFor({ merchant: 'b', lastFour: '1111' }, ...both)).toEqual([]);
  });

  it('asks for the digits in one shop, and tells those cards alone that end so', async () => {
    const both = [withCard(0), withCard(0, 0x22)];
    expect(await found(...both)).toBe('last-four');
    expect(await foundFor({ lastFour: '2222' }, ...both)).toEqual([['a', '2222']]);
    expect(await foundFor({ lastFour: '3333' }, ...both)).toEqual([]);
  });

  it('takes what is of no known shop for that of the caller only where their shop has none', async () => {
    const both = [ofNobody, withCard(0, 0x22)];
    expect(await found(...both)).toBe('shop');
    expect(await foundFor({ merchant: 'a' }, ...both)).toEqual([['a', '2222']]);
    expect(await foundFor({ merchant: 'b' }, ...both)).toEqual([['', '1111']]);
  });

  it('refuses a shop that no incident has, and names those that are there', async () => {
    const [mall, other, alone] = [['mall', 'a', 'b'], ['other', 'c'], ['alone']];
    await expect(foundIn([mall], { merchant: 'z' }, withCard(0))).rejects.toMatchObject({
      ...{
        code: 'merchant-unknown',
        facts: { incident: 'mall', merchant: 'z', known: ['a', 'b'] },
      },
    });
    const several = await foundIn([mall, other, alone], { merchant: 'z' }, withCard(0)).catch(
      (error: unknown) => error,
    );
    expect(several).toMatchObject({ code: 'merchant-unknown' });
    expect((several as { facts: unknown }).facts).toEqual({
      merchant: 'z',
      known: ['a', 'b', 'c'],
    });
    await expect(foundIn([alone], { merchant: 'a' }, withCard(0))).rejects.toMatchObject({
      ...{ code: 'merchants-absent', facts: { incident: 'alone' } },
    });
    expect(await foundIn([other, mall], { merchant: 'a' }, withCard(0))).toBe('shop');
    expect(await foundIn([], { merchant: 'a' })).toEqual([]);
  });
});
