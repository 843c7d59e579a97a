import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { NamedCard } from '../../../src/domain/waivers/exception-lines.ts';
import type { ExceptionValue } from '../../../src/domain/waivers/waiver-exceptions.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import { incidentReadiness } from '../../../src/exchange/incident/incident-readiness.ts';
import { recallHandoff } from '../../../src/exchange/recall/recall-handoff.ts';
import { batchesOfIncident } from '../../../src/exchange/recall/incident-recalls.ts';
import { listsOfAll } from '../../../src/exchange/waivers/noted-cards.ts';
import { placeExceptions } from '../../../src/exchange/waivers/place-exceptions.ts';
import type { PlacedExceptions } from '../../../src/exchange/waivers/place-exceptions.ts';
import { recordExceptions } from '../../../src/exchange/waivers/record-exceptions.ts';
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
  const { lists: every } = await batchesOfIncident(desk.handoffs, incident);
  const of = { issuer: '', every, lists: listsOfAll(issuers), recalls, noted: [] };
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
    await cancelHandoff(desk, { extent: 'whole', handoff, officer: 'officer-1', reason: 'wrong' });
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

describe('exceptions of a card that was recalled', () => {
  const except = async (record: number, exception: ExceptionValue, reason?: string) => {
    const folder = { putIncidentDocument: () => Promise.resolve('') };
    return recordExceptions(Object.assign(Object.create(desk) as DeliveringDesk, { folder }), {
      ...{ incident, issuer: '', lines: [{ line: 1, card: { record }, exception }], reason },
      ...{ source: undefined, saidAt: undefined, channel: 'mail', by: 'Sato' },
      ...{ evidence: undefined, officer: 'officer-1' },
    });
  };
  const refused = { code: 'exceptions-unplaced', facts: { unknown: 1 } };
  const notedAt = async () =>
    (await desk.exceptions.ofIncident(incident)).map(({ record, exception }) => [
      ...[record, exception],
    ]);

  it('are noted by its old reference once a later list sends it anew', async () => {
    await stored([1]);
    await recall(1);
    await expect(except(1, 'not-waived')).rejects.toMatchObject({ code: 'party-unknown' });
    await stored([1]);
    expect((await place({ record: 1 })).cards).toEqual(places('b-3', 2));
    expect(await except(1, 'not-waived')).toMatchObject({ cards: 1, changed: 1 });
    expect(await except(2, 'not-waived')).toMatchObject({ cards: 1, changed: 0 });
  });

  it('are withdrawn where they were noted, and no other ones taken, while it is on no list', async () => {
    await stored([1, 2]);
    await except(1, 'fee-charged');
    await recall(1, 2);
    await expect(except(1, 'refund-asked', 'x')).rejects.toMatchObject(refused);
    await expect(except(2, 'none', 'x')).rejects.toMatchObject(refused);
    await expect(except(1, 'none')).rejects.toMatchObject({ code: 'reason-required' });
    expect(await except(1, 'none', 'they rang')).toMatchObject({ cards: 1, changed: 1 });
    expect(await except(1, 'none')).toMatchObject({ cards: 1, changed: 0 });
    await stored([1, 2]);
    expect(await notedAt()).toEqual([
      [1, 'none'],
      [3, 'none'],
    ]);
  });

  it('are withdrawn where they count, also where a list that was to send it anew was declined', async () => {
    await stored([1]);
    await except(1, 'fee-charged');
    await recall(1);
    desk.cardProcess.cards = { psp: [1] };
    const { handoff } = await desk.prepare();
    await cancelHandoff(desk, { extent: 'whole', handoff, officer: 'officer-1', reason: 'wrong' });
    await except(2, 'none', 'they rang');
    expect(await notedAt()).toEqual([
      [1, 'none'],
      [2, 'none'],
    ]);
  });
});
