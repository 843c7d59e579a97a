import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HASH_ROW_BYTES } from '../../../src/domain/handoff/card-page.ts';
import { hashesOf, hashPage } from '../../support/card-pages.ts';
import { StoreBench } from '../../support/store-bench.ts';

const incident = 'shop-a-2020';
const cards = Array.from({ length: 100 }, (_, at) => at + 1);

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
});
afterEach(() => store.dispose());

/** A handoff whose index is stored in pages of so many rows. */
async function prepare(id: string, batch: string, of: readonly number[], rowsPerPage: number) {
  const index = hashPage(of);
  await store.begin(id);
  for (let at = 0; at < index.length; at += rowsPerPage * HASH_ROW_BYTES) {
    await store.handoffs.addHashPage(batch, index.subarray(at, at + rowsPerPage * HASH_ROW_BYTES));
  }
  await store.finish({ id, batches: [{ id: batch, cards: of }] });
}

describe('SqliteHandoffRegister.findCard()', () => {
  it.each([1, 7, 50, 99, 100, 101])('finds every card in pages of %i rows', async (rowsPerPage) => {
    await prepare('h-0001', 'b-0001', cards, rowsPerPage);
    for (const [place, card] of cards.entries()) {
      const found = await store.handoffs.findCard(incident, hashesOf([card]));
      expect(found.map((one) => [one.place, one.reference])).toEqual([[place, place + 1]]);
    }
  });

  it('finds nothing before the first row, behind the last and between', async () => {
    await prepare('h-0001', 'b-0001', cards, 10);
    for (const hash of [new Uint8Array(12), new Uint8Array(12).fill(255), hashesOf([101])]) {
      expect(await store.handoffs.findCard(incident, hash)).toEqual([]);
    }
  });

  it('tells every batch that holds the card, oldest first, with its state', async () => {
    await prepare('h-0001', 'z-0001', [1, 2, 3], 2);
    await store.decide('h-0001');
    await prepare('h-0002', 'a-0002', [3, 4], 2);
    const recipient = 'psp';
    expect(await store.handoffs.findCard(incident, hashesOf([3]))).toEqual([
      {
        ...{ handoff: 'h-0001', handoffState: 'decided', outcome: 'approve' },
        ...{ batch: 'z-0001', recipient, batchState: 'approved', place: 2, reference: 3 },
      },
      {
        ...{ handoff: 'h-0002', handoffState: 'undecided', outcome: undefined },
        ...{ batch: 'a-0002', recipient, batchState: 'built', place: 0, reference: 4 },
      },
    ]);
  });

  it('keeps incidents apart, and prepares that nobody sees yet', async () => {
    await prepare('h-0001', 'b-0001', [1], 1);
    await store.openIncident('shop-b');
    await store.begin('h-0002', 'shop-b');
    await store.addPages({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [2] }] });
    expect(await store.handoffs.findCard('shop-b', hashesOf([1]))).toEqual([]);
    expect(await store.handoffs.findCard('shop-b', hashesOf([2]))).toEqual([]);
    expect(await store.handoffs.findCard('nowhere', hashesOf([1]))).toEqual([]);
  });
});

describe('SqliteHandoffRegister.earlierBatches()', () => {
  it('puts the pages of a batch together in order', async () => {
    await prepare('h-0001', 'b-0001', cards, 7);
    const [earlier] = await store.handoffs.earlierBatches(incident);
    expect(earlier!.rows).toEqual(hashPage(cards));
  });
});
