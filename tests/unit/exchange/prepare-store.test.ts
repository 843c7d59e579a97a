import { describe, expect, it } from 'vitest';

import type { PrepareJob } from '../../../src/exchange/handoff/card-process.ts';
import type { HandoffRegister } from '../../../src/exchange/handoff/handoff-register.ts';
import { PrepareStore } from '../../../src/exchange/handoff/prepare-store.ts';
import { HASH_PAGE_ROWS, HASH_ROW_BYTES } from '../../../src/domain/handoff/card-page.ts';
import { hashPage } from '../../support/card-pages.ts';

const index = hashPage([1, 2, 3, 4, 5, 6]);
const rows = (from: number, to: number): Uint8Array =>
  index.slice(from * HASH_ROW_BYTES, to * HASH_ROW_BYTES);

function bench(): { store: PrepareStore; stored: string[] } {
  const stored: string[] = [];
  const handoffs = {
    addHashPage: (batch: string, page: Uint8Array) => {
      stored.push(`${batch}:${page.length / HASH_ROW_BYTES}`);
      return Promise.resolve();
    },
  } as unknown as HandoffRegister;
  const ports = { handoffs, folder: {}, clock: {} } as never;
  const job = { handoff: 'h-0001', dryRun: false } as unknown as PrepareJob;
  return { store: new PrepareStore(ports, job, 'officer-1', undefined), stored };
}

describe('PrepareStore.hashPages()', () => {
  it('takes the pages of several batches, each in its order', async () => {
    const { store, stored } = bench();
    await store.hashPages('b-1', rows(0, 3));
    await store.hashPages('b-2', rows(0, 6));
    await store.hashPages('b-1', rows(3, 6));
    expect(stored).toEqual(['b-1:3', 'b-2:6', 'b-1:3']);
  });

  it('stores pages that came together each by itself', async () => {
    const { store, stored } = bench();
    const cards = Array.from({ length: 2 * HASH_PAGE_ROWS + 1 }, (_, card) => card);
    await store.hashPages('b-1', hashPage(cards));
    expect(stored).toEqual([`b-1:${HASH_PAGE_ROWS}`, `b-1:${HASH_PAGE_ROWS}`, 'b-1:1']);
  });

  it.each([
    ['a page that comes before the one stored', [rows(3, 6), rows(0, 3)]],
    ['a page that begins with the last row of the one before', [rows(0, 3), rows(2, 6)]],
    ['the same page again', [rows(0, 3), rows(0, 3)]],
    ['rows that are not sorted', [new Uint8Array([...rows(3, 4), ...rows(1, 2)])]],
    ['a row twice', [new Uint8Array([...rows(3, 4), ...rows(3, 4)])]],
    ['no rows', [new Uint8Array(0)]],
    ['a torn row', [rows(0, 3).subarray(1)]],
  ])('refuses %s', async (_, pages) => {
    const { store, stored } = bench();
    const put = async (): Promise<void> => {
      for (const page of pages) await store.hashPages('b-1', page);
    };
    await expect(put()).rejects.toThrow(RangeError);
    expect(stored).toHaveLength(pages.length - 1);
  });
});
