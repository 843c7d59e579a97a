import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { NewWord } from '../../../src/exchange/delivery/word-register.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
});
afterEach(() => store.dispose());

const saidAt = '2026-11-22T09:00:00.000Z';
const act = () => ({
  ...actOf('handoff-record', 'batch:b-0001', {
    ...{ batch: 'b-0001', rung: 'received', channel: 'mail', saidAt },
  }),
  texts: { by: 'Yamada' },
});
const word = (changes: Partial<NewWord> = {}): NewWord => ({
  ...{ batch: 'b-0001', rung: 'received', channel: 'mail', at: new Date(saidAt) },
  ...{ recordedAt: store.clock.now(), officer: 'officer-1', evidence: undefined },
  ...changes,
});
const nothing = (): Promise<void> => Promise.resolve();

describe('SqliteWordRegister', () => {
  it('gives back what was said, oldest first, and by whom until that is purged', async () => {
    const evidence = { sha256: 'a'.repeat(64), bytes: 3, file: 'evidence-b-0001-a' };
    await store.words.add(word({ rung: 'stored', evidence }), act(), nothing);
    await store.words.add(word(), act(), nothing);
    const said = await store.words.ofHandoff('h-0001');
    expect(said).toEqual([
      { ...word({ rung: 'stored', evidence }), by: 'Yamada' },
      { ...word(), by: 'Yamada' },
    ]);
    expect(await store.words.all()).toEqual(said);
    expect(await store.words.ofHandoff('h-0002')).toEqual([]);
    await store.db.deleteFrom('leaf_text').execute();
    expect((await store.words.all()).map(({ by }) => by)).toEqual([undefined, undefined]);
  });

  it('keeps neither word nor leaf when the evidence cannot be put in its place', async () => {
    const before = await store.log.size();
    const full = (): Promise<void> => Promise.reject(new Error('disk full'));
    await expect(store.words.add(word(), act(), full)).rejects.toThrow('disk full');
    expect(await store.log.size()).toBe(before);
    expect(await store.words.all()).toEqual([]);
  });

  it('refuses batches, rungs and channels that there are not', async () => {
    for (const wrong of [{ batch: 'b-9' }, { rung: 'accepted' }, { channel: 'fax' }]) {
      const changed = { ...word(), ...wrong } as NewWord;
      await expect(store.words.add(changed, act(), nothing)).rejects.toThrow();
    }
  });
});
