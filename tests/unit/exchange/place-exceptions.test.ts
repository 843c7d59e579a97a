import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { NamedCard } from '../../../src/domain/waivers/exception-lines.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import { incidentReadiness } from '../../../src/exchange/incident/incident-readiness.ts';
import { recallHandoff } from '../../../src/exchange/recall/recall-handoff.ts';
import { listsOfAll } from '../../../src/exchange/waivers/noted-cards.ts';
import { placeExceptions } from '../../../src/exchange/waivers/place-exceptions.ts';
import type { PlacedExceptions } from '../../../src/exchange/waivers/place-exceptions.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';

// All cards of these pages look alike: no brand, four zeros.

const incident = 'shop-a-2020';
const order = { order: 'A-1', merchant: '' };
const places = (batch: string, record: number) => [{ batch, record, exception: 'not-waived' }];

let desk: DeliveringDesk;
beforeEach(() => {
  desk = new DeliveringDesk();
  desk.configuration.changeRecipient('psp', { profile: 'pan-expiry-reference' });
});
afterEach(() => desk.dispose());

/** A list of these cards that has arrived; of A-1 it keeps how one of them looks. Returns its handoff. */
async function stored(cards: readonly number[]): Promise<string> {
  desk.cardProcess.cards = { psp: cards };
  const isFirst = (await desk.handoffs.list(incident).catch(() => [])).length === 0;
  const handoff = isFirst ? await desk.requested() : (await desk.prepare()).handoff;
  if (!isFirst) await desk.request(handoff);
  await desk.decide(handoff);
  await put(handoff);
  const text = new TextEncoder().encode(order.order);
  // Shared bytes, brand, last four digits, reason and windows, length, text.
  const rows = Uint8Array.from([0, 0, 0, 0, 0, 1, text.length, ...text]);
  await desk.store.db.insertInto('reference_page').values({ handoff, number: 0, rows }).execute();
  return handoff;
}

async function put(handoff: string): Promise<void> {
  const { db } = desk.store;
  await db.updateTable('batch').set({ state: 'stored' }).where('handoff', '=', handoff).execute();
}

async function recall(...records: readonly number[]): Promise<void> {
  const wish = {
    basis: 'records' as const,
    records: new Map(records.map((record) => [record, record])),
  };
  const ask = { incident, officer: 'officer-1', wish, reason: 'by mistake', dryRun: false };
  const { handoff } = await recallHandoff(desk, ask);
  await desk.request(handoff);
  await desk.decide(handoff);
  await put(handoff);
}

async function place(...cards: readonly NamedCard[]): Promise<PlacedExceptions> {
  const { issuers, recalls } = await incidentReadiness(desk, incident);
  const of = { issuer: '', lists: listsOfAll(issuers), recalls };
  const lines = cards.map((card, at) => ({
    ...{ line: at + 1, card, exception: 'not-waived' as const },
  }));
  return placeExceptions(desk, incident, of, lines);
}

const why = async (card: NamedCard) => (await place(card)).unplaced.map((each) => each.why);

describe('placeExceptions() by order', () => {
  it('places nothing on the one that looks so and is left where the order’s card may be the recalled one', async () => {
    await stored([1, 2]);
    expect(await why(order)).toEqual(['ambiguous']);
    await recall(1);
    expect(await why(order)).toEqual(['ambiguous']);
  });

  it('nor where it may be on a list that was withdrawn', async () => {
    await stored([1]);
    expect((await place(order)).cards).toEqual(places('b-1', 1));
    desk.cardProcess.cards = { psp: [1, 2] };
    const { handoff } = await desk.prepare();
    await cancelHandoff(desk, { handoff, officer: 'officer-1', reason: 'wrong' });
    expect(await why(order)).toEqual(['ambiguous']);
  });

  it('follows one card to the list that sends it anew', async () => {
    await stored([1]);
    await recall(1);
    expect(await why(order)).toEqual(['unknown']);
    await stored([1]);
    expect((await place(order)).cards).toEqual(places('b-3', 2));
  });

  it('takes one card on two lists that stand for one', async () => {
    await stored([1]);
    desk.configuration.changeRecipient('psp', { lists: 'cumulative' });
    await stored([1]);
    expect((await place(order, { record: 1 }, { record: 2 })).cards).toEqual(places('b-2', 2));
  });
});
