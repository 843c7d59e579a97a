import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { appendAct } from '../../../src/edge/sqlite/append-leaf.ts';
import { signedActs } from '../../../src/edge/sqlite/signed-acts.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';
const [early, late] = ['a'.repeat(64), 'b'.repeat(64)];

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
});
afterEach(() => store.dispose());

async function closedBy(signed: string): Promise<void> {
  const act = actOf('incident-close', `incident:${id}`, { incident: id });
  const clock = { ...store.clock, signed };
  await store.db.transaction().execute((trx) => appendAct(trx, act, clock));
}

describe('signedActs()', () => {
  it('goes on behind the entries that were read before', async () => {
    await closedBy(early);
    const before = await signedActs(store.db, id);
    expect([...before.about]).toEqual([early]);
    await closedBy(late);
    const after = await signedActs(store.db, id, before);
    expect([...after.about]).toEqual([early, late]);
    expect([...after.done]).toEqual([early, late]);
    expect(after.next).toBe(before.next + 1);
    const none = { ...before, about: new Set<string>() };
    expect([...(await signedActs(store.db, id, none)).about]).toEqual([late]);
  });

  it('reads all again where the incident has more of its own than before', async () => {
    await closedBy(early);
    const before = await signedActs(store.db, id);
    const fewer = { ...before, own: { ...before.own, batches: new Set<string>() } };
    const after = await signedActs(store.db, id, { ...fewer, about: new Set() });
    expect([...after.about]).toEqual([early]);
  });

  it.each([
    ['longer than any may be', new Uint8Array(70_000)],
    ['no JSON', new TextEncoder().encode('{"act"')],
    ['no leaf', new TextEncoder().encode('{"act":"incident-close"}')],
  ])('refuses an entry that is %s, and names it', async (_, bytes) => {
    await closedBy(early);
    const index = (await store.log.size()) - 1;
    await store.db.updateTable('leaf').set({ bytes }).where('number', '=', index).execute();
    const altered = { code: 'log-altered', retry: 'after-operator', facts: { index } };
    await expect(signedActs(store.db, id)).rejects.toMatchObject(altered);
  });
});
