import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deliveryStates } from '../../../src/domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { hashPage } from '../../support/card-pages.ts';
import { decideAct, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
  await store.prepare({ id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2, 3, 4] }] });
  await store.decide('h-0001');
});
afterEach(() => store.dispose());

const put = (batch: string, state: DeliveryState): Promise<unknown> =>
  store.db.updateTable('batch').set({ state }).where('id', '=', batch).execute();

const bad: readonly DeliveryState[] = ['failed', 'expired', 'cancelled'];

describe('SqliteHandoffRegister.earlierBatches()', () => {
  it.each(deliveryStates)('knows whether a %s batch still counts', async (state) => {
    await put('b-0001', state);
    const found = await store.handoffs.earlierBatches('shop-a-2020');
    const isOut = bad.includes(state) || state === 'claimed';
    expect(found.map(({ batch }) => batch)).toEqual(isOut ? [] : ['b-0001']);
  });

  it('gives recipient and rows as they were stored, oldest first', async () => {
    await store.prepare({
      id: 'h-0002',
      batches: [{ id: 'a-0002', recipient: 'amex', cards: [9] }],
    });
    expect(await store.handoffs.earlierBatches('shop-a-2020')).toEqual([
      { batch: 'b-0001', recipient: 'psp', rows: hashPage([1, 2, 3, 4]) },
      { batch: 'a-0002', recipient: 'amex', rows: hashPage([9]) },
    ]);
  });

  it('keeps incidents apart, and prepares that nobody sees yet', async () => {
    await store.openIncident('shop-b');
    await store.begin('h-0002', 'shop-b');
    await store.addPages({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [5] }] });
    expect(await store.handoffs.earlierBatches('shop-b')).toEqual([]);
  });
});

describe('SqliteHandoffRegister.uncovered()', () => {
  /** A second handoff that left two cards to the first. */
  async function rely(): Promise<void> {
    await store.prepare({
      id: 'h-0002',
      batches: [{ id: 'b-0002', cards: [5] }],
      relied: [{ batch: 'b-0001', cards: [1, 2] }],
    });
  }

  const uncovered = async (): Promise<[string, string, number][]> =>
    (await store.handoffs.uncovered()).map(({ handoff, batch, cards }) => [handoff, batch, cards]);

  it('is empty while the batch that was relied on is good', async () => {
    await rely();
    for (const state of deliveryStates.filter((word) => !bad.includes(word))) {
      await put('b-0001', state);
      expect(await uncovered()).toEqual([]);
    }
  });

  it.each(bad)('counts the cards left to a batch that is %s since', async (state) => {
    await rely();
    await put('b-0001', state);
    expect(await store.handoffs.uncovered()).toEqual([
      { incident: 'shop-a-2020', handoff: 'h-0002', batch: 'b-0001', recipient: 'psp', cards: 2 },
    ]);
  });

  it('counts for a handoff that had nothing else to send', async () => {
    const relied = [{ batch: 'b-0001', cards: [1, 2, 3] }];
    await store.prepare({ id: 'h-0002', batches: [], relied });
    await put('b-0001', 'failed');
    expect(await uncovered()).toEqual([['h-0002', 'b-0001', 3]]);
  });

  it.each(['decline', 'cancel'] as const)(
    'does not count for a handoff after a %s',
    async (how) => {
      await rely();
      if (how === 'decline') await store.decide('h-0002', 'decline');
      else
        await store.handoffs.cancel(
          'h-0002',
          store.clock.now(),
          'whole',
          decideAct('h-0002', 'cancel'),
        );
      await put('b-0001', 'failed');
      expect(await uncovered()).toEqual([]);
    },
  );

  it('falls card by card as later batches for the same recipient take them over', async () => {
    await rely();
    await store.decide('h-0002');
    await put('b-0001', 'failed');
    await store.prepare({ id: 'h-0003', batches: [{ id: 'b-0003', cards: [2, 8] }] });
    expect(await uncovered()).toEqual([['h-0002', 'b-0001', 1]]);
    await store.decide('h-0003');
    await store.prepare({ id: 'h-0004', batches: [{ id: 'b-0004', cards: [1] }] });
    expect(await uncovered()).toEqual([]);
    await store.decide('h-0004', 'decline');
    expect(await uncovered()).toEqual([['h-0002', 'b-0001', 1]]);
  });

  it('is not helped by a batch for another recipient', async () => {
    await rely();
    await store.decide('h-0002');
    await put('b-0001', 'failed');
    const batches = [{ id: 'b-0003', recipient: 'amex', cards: [1, 2] }];
    await store.prepare({ id: 'h-0003', batches });
    expect(await uncovered()).toEqual([['h-0002', 'b-0001', 2]]);
  });

  it('finds every one of a thousand cards in a batch sorted by hash', async () => {
    const cards = Array.from({ length: 1000 }, (_, at) => at + 100);
    await store.prepare({ id: 'h-0002', batches: [{ id: 'b-0002', cards }] });
    await store.decide('h-0002');
    await store.prepare({ id: 'h-0003', batches: [], relied: [{ batch: 'b-0002', cards }] });
    await store.prepare({ id: 'h-0004', batches: [{ id: 'b-0004', cards: cards.slice(1) }] });
    await put('b-0002', 'failed');
    expect(await uncovered()).toEqual([['h-0003', 'b-0002', 1]]);
  });
});
