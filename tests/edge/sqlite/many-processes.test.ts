import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { orderedNodes } from '../../../src/exchange/audit/ordered-nodes.ts';
import { verifyLog } from '../../../src/domain/audit/verify-log.ts';
import { testLogKey } from '../../support/audit-log.ts';
import { StoreBench } from '../../support/store-bench.ts';

const script = fileURLToPath(new URL('../../support/append-leaves.ts', import.meta.url));

let store: StoreBench;
beforeEach(() => {
  store = new StoreBench();
});
afterEach(() => store.dispose());

/** Ends with the exit status of a process that appended `count` leaves. */
function append(count: number, name: string): Promise<number | null> {
  const child = spawn(process.execPath, [script, store.path, String(count), name], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => child.once('close', resolve));
}

describe('SqliteLogBook.append() by several processes', () => {
  it('leaves every leaf of each, numbered without a gap, in a tree that verifies', async () => {
    expect(await Promise.all([append(200, 'first'), append(200, 'second')])).toEqual([0, 0]);
    const leaves = await store.leaves();
    expect(leaves).toHaveLength(400);
    for (const name of ['first', 'second']) {
      const objects = leaves.filter(({ actor }) => actor === name).map(({ object }) => object);
      expect(objects).toEqual(Array.from({ length: 200 }, (_, at) => `handoff:h-${at}`));
    }
    const verdict = await verifyLog({
      leaves: store.log.leaves(0, 400),
      readNode: orderedNodes(store.log, 400),
      readNodes: (places) => store.log.nodes(places),
      checkpoints: [],
      vkey: testLogKey().vkey,
    });
    expect(verdict).toMatchObject({ holds: true, entries: 400 });
  });

  it('readers meet only whole acts meanwhile', async () => {
    const writer = append(100, 'writer');
    const sizes: number[] = [];
    const progress = { isDone: false };
    void writer.then(() => (progress.isDone = true));
    while (!progress.isDone) {
      const size = await store.log.size();
      sizes.push(size);
      for await (const leaf of store.log.leaves(0, size)) expect(leaf.hash).toHaveLength(32);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await writer).toBe(0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(await store.log.size()).toBe(100);
  });
});
