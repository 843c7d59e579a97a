import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SqliteFixedCheckpoints } from '../../../src/edge/sqlite/fixed-checkpoints.ts';
import { StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
let fixed: SqliteFixedCheckpoints;

beforeEach(async () => {
  store = new StoreBench();
  fixed = new SqliteFixedCheckpoints(store.db);
  await store.approved('b-0001');
  for (const size of [2, 3]) await sign(size);
});
afterEach(() => store.dispose());

function sign(size: number): Promise<void> {
  const note = new TextEncoder().encode(`checkpoint of ${size}`);
  return store.log.addCheckpoint(size, new Uint8Array(32), note, store.clock.now());
}

describe('SqliteFixedCheckpoints', () => {
  it('gives a batch the checkpoint of the first size that was asked for, ever after', async () => {
    expect(await fixed.fix('b-0001', 2)).toBe('checkpoint of 2');
    expect(await fixed.fix('b-0001', 3)).toBe('checkpoint of 2');
    const later = new SqliteFixedCheckpoints(store.db);
    expect(await later.fix('b-0001', 4)).toBe('checkpoint of 2');
  });

  it('refuses a size that the log signed nothing of, and keeps nothing of it', async () => {
    await expect(fixed.fix('b-0001', 4)).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    });
    expect(await fixed.fix('b-0001', 3)).toBe('checkpoint of 3');
  });

  it('refuses a batch that there is not', async () => {
    await expect(fixed.fix('b-9999', 2)).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    });
  });
});
