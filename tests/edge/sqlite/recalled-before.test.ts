import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import type { RecallBasis } from '../../../src/domain/recalls/recall-basis.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import { StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident(id);
  await store.prepare({ id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2, 3, 4] }] });
  await store.decide('h-0001');
});
afterEach(() => store.dispose());

/** A recall of cards 1 and 3. */
async function recall(basis: RecallBasis, state: DeliveryState): Promise<void> {
  await store.begin('h-r');
  await store.finish({
    id: 'h-r',
    batches: [{ id: 'r-0001', cards: [1, 3] }],
    recalls: [{ batch: 'r-0001', recalled: 'b-0001', basis, runs: runsOf([0, 2]) }],
  });
  await store.decide('h-r');
  await store.db.updateTable('batch').set({ state }).where('id', '=', 'r-0001').execute();
}

/** What is told of a list with these cards that is being prepared. */
async function told(handoff: string, cards: readonly number[], recipient = 'psp'): Promise<number> {
  const batch = `b-${handoff}`;
  await store.begin(handoff);
  await store.addPages({ id: handoff, batches: [{ id: batch, cards }] });
  return store.handoffs.recalledBefore(id, [{ batch, recipient, cards: cards.length }]);
}

describe('SqliteHandoffRegister.recalledBefore()', () => {
  it('counts cards that an officer recalled one by one, for whomever the list is', async () => {
    await recall('records', 'stored');
    expect(await told('h-0002', [1, 2, 3, 5])).toBe(2);
    await store.handoffs.discard('h-0002', ['b-h-0002'], undefined);
    expect(await told('h-0003', [3, 5], 'amex')).toBe(1);
  });

  it.each([
    ['records', 'expired', 2],
    ['records', 'cancelled', 0],
    ['records', 'built', 0],
    ['batches', 'stored', 0],
    ['amendment', 'stored', 0],
  ] as const)('of a recall by %s that is %s: %i', async (basis, state, cards) => {
    await recall(basis, state);
    expect(await told('h-0002', [1, 2, 3, 5])).toBe(cards);
  });

  it('counts no card that a list has brought since', async () => {
    await recall('records', 'stored');
    await store.prepare({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [1] }] });
    await store.decide('h-0002');
    expect(await told('h-0003', [1, 3])).toBe(1);
    await store.handoffs.discard('h-0003', ['b-h-0003'], undefined);
    await store.db
      .updateTable('batch')
      .set({ state: 'failed' })
      .where('id', '=', 'b-0002')
      .execute();
    expect(await told('h-0004', [1, 3])).toBe(2);
  });
});
