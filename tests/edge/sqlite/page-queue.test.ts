import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CARD_PAGE_ROWS, CARD_ROW_BYTES } from '../../../src/domain/handoff/card-page.ts';
import { cardPage, hashPage } from '../../support/card-pages.ts';
import { StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.openIncident();
  await store.begin('h-0001');
});
afterEach(() => store.dispose());

const rowsIn = async (table: 'card_page' | 'hash_page'): Promise<number> =>
  (await store.db.selectFrom(table).select('batch').execute()).length;

const finish = (): Promise<void> =>
  store.finish({ id: 'h-0001', batches: [{ id: 'b-0001', cards: [1, 2, 3] }] });

describe('SqliteHandoffRegister.addCardPage(), addHashPage()', () => {
  it('copy what they are given, and finish() writes it', async () => {
    const page = cardPage([1, 2, 3]);
    const index = hashPage([1, 2, 3]);
    await store.handoffs.addCardPage('b-0001', 0, 0, page);
    await store.handoffs.addHashPage('b-0001', index);
    page.fill(0xee);
    index.fill(0xee);
    await finish();
    const [stored] = await store.db.selectFrom('card_page').selectAll().execute();
    expect(stored).toMatchObject({ batch: 'b-0001', number: 0, first: 0, cards: 3 });
    expect(new Uint8Array(stored!.rows)).toEqual(cardPage([1, 2, 3]));
    const [earlier] = await store.handoffs.earlierBatches('shop-a-2020');
    expect(earlier!.rows).toEqual(hashPage([1, 2, 3]));
  });

  it('write by themselves before much waits in memory', async () => {
    const page = new Uint8Array(CARD_PAGE_ROWS * CARD_ROW_BYTES);
    for (let number = 0; number < 40; number += 1) {
      await store.handoffs.addCardPage('b-0001', number, number * CARD_PAGE_ROWS, page);
    }
    expect(await rowsIn('card_page')).toBeGreaterThan(30);
  });

  it('write none of the pages of a batch that was discarded, and those of another', async () => {
    await store.openIncident('shop-b');
    await store.begin('h-0002', 'shop-b');
    for (const batch of ['b-0001', 'b-0002']) {
      await store.handoffs.addCardPage(batch, 0, 0, cardPage([1]));
      await store.handoffs.addHashPage(batch, hashPage([1]));
    }
    await store.handoffs.discard('h-0002', ['b-0002'], undefined);
    await finish();
    for (const table of ['card_page', 'hash_page'] as const) {
      const rows = await store.db.selectFrom(table).select('batch').execute();
      expect(rows).toEqual([{ batch: 'b-0001' }]);
    }
  });

  it('refuse two pages of a batch that begin alike', async () => {
    await store.handoffs.addHashPage('b-0001', hashPage([1]));
    await store.handoffs.addHashPage('b-0001', hashPage([1]));
    await expect(finish()).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(await rowsIn('hash_page')).toBe(0);
  });
});

describe('SqliteHandoffRegister.addReferencePage()', () => {
  const pagesOf = async (handoff: string): Promise<Uint8Array[]> => {
    const pages: Uint8Array[] = [];
    for await (const page of store.handoffs.referencePages(handoff)) pages.push(page);
    return pages;
  };

  it('copies what it is given; pages come back in their order', async () => {
    const page = Uint8Array.of(1, 2, 3);
    await store.handoffs.addReferencePage('h-0001', 0, page);
    page.fill(9);
    await store.handoffs.addReferencePage('h-0001', 1, page);
    await finish();
    expect(await pagesOf('h-0001')).toEqual([Uint8Array.of(1, 2, 3), Uint8Array.of(9, 9, 9)]);
  });

  it('leaves nothing of a prepare that is discarded, written or waiting', async () => {
    await store.handoffs.addReferencePage('h-0001', 0, new Uint8Array(3 * 1024 * 1024));
    await store.handoffs.addReferencePage('h-0001', 1, new Uint8Array(3));
    await store.handoffs.discard('h-0001', [], undefined);
    await store.begin('h-0002');
    await store.finish({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [1] }] });
    expect(await pagesOf('h-0001')).toEqual([]);
    expect(await store.db.selectFrom('reference_page').selectAll().execute()).toEqual([]);
  });
});
