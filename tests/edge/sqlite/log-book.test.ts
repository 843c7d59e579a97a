import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { commitText, saltOf } from '../../../src/domain/audit/leaf.ts';
import { leafHash } from '../../../src/domain/tlog/hashes.ts';
import { tailAudit } from '../../../src/exchange/audit/tail-audit.ts';
import { allOf } from '../../support/all-of.ts';
import { testLog, testLogKey } from '../../support/audit-log.ts';
import { decideAct, refusedAct, StoreBench } from '../../support/store-bench.ts';

let store: StoreBench;
beforeEach(() => {
  store = new StoreBench();
});
afterEach(() => store.dispose());

/** Many leaves at once, as a long life would have left them. */
async function fill(entries: number): Promise<void> {
  const { leaves, nodes } = testLog(testLogKey(), entries, []);
  await store.db.transaction().execute(async (trx) => {
    for (const { index: number, bytes, hash } of leaves) {
      await trx.insertInto('leaf').values({ number, bytes, hash }).execute();
    }
    for (const [name, hash] of nodes) {
      const [level, number] = name.split('/').map(Number);
      await trx.insertInto('node').values({ level: level!, number: number!, hash }).execute();
    }
  });
}

describe('SqliteLogBook.append()', () => {
  it('numbers leaves from 0 and keeps bytes and hash', async () => {
    expect(await store.log.append(decideAct('h-1', 'approve'))).toBe(0);
    expect(await store.log.append(decideAct('h-2', 'decline'))).toBe(1);
    const leaves = await allOf(store.log.leaves(0, 2));
    expect(leaves.map(({ index }) => index)).toEqual([0, 1]);
    for (const { bytes, hash } of leaves) expect(leafHash(bytes)).toEqual(hash);
  });

  const refused = (
    origin: string,
    { actor = 'unknown', asked = 'key-rotate', code = 'passphrase-wrong' } = {},
  ): Promise<number> =>
    store.log.append({
      draft: {
        ...{ actor, act: 'permission-refused', result: 'refused', origin },
        ...{ object: 'workspace:drill-1', data: { asked, code } },
      },
    });

  it('tells a refusal of another kind, however often one was repeated before', async () => {
    for (let n = 1; n <= 31; n += 1) await refused('cli:vm:mallory');
    const others = [
      { actor: 'officer-1' },
      { asked: 'approve' },
      { code: 'approver-is-requester' },
    ];
    for (const other of others) await refused('cli:vm:mallory', other);
    const told = (await store.leaves()).slice(30);
    expect(told).toMatchObject([
      { actor: 'officer-1' },
      { data: { asked: 'approve' } },
      { data: { code: 'approver-is-requester' } },
    ]);
    for (const { data } of told) expect(data['attempts']).toBeUndefined();
  });

  it('counts refused attempts of an account, and tells each of the first thirty of an hour', async () => {
    for (let n = 1; n <= 130; n += 1) await refused('cli:vm:mallory');
    const told = await store.leaves();
    expect(told).toHaveLength(32);
    expect(told.slice(29).map(({ data }) => data['attempts'])).toEqual([undefined, 60, 120]);
    await refused('cli:vm:hanako');
    store.nowMs += 3_600_000;
    await refused('cli:vm:mallory');
    expect((await store.leaves()).slice(32)).toMatchObject([
      { origin: 'cli:vm:hanako' },
      { origin: 'cli:vm:mallory' },
    ]);
  });

  it('takes the time of its clock', async () => {
    await store.log.append(decideAct('h-1', 'approve'));
    expect((await store.leaves())[0]!.at).toBe('2026-11-22T10:00:00.000Z');
  });

  it('gives each leaf a salt of its own', async () => {
    for (const id of ['h-1', 'h-1', 'h-1']) await store.log.append(decideAct(id, 'approve'));
    const salts = (await store.leaves()).map(({ salt }) => salt);
    expect(new Set(salts).size).toBe(3);
  });

  it('keeps a free text outside the leaf, which binds it', async () => {
    const reason = '確認済み by phone';
    await store.log.append({ ...decideAct('h-1', 'decline'), texts: { reason } });
    const [leaf] = await store.leaves();
    expect(leaf!.data['reason']).toBe(commitText(saltOf(leaf!), reason));
    expect(JSON.stringify(leaf)).not.toContain('phone');
    expect(await store.log.texts()).toEqual([{ leaf: 0, field: 'reason', text: reason }]);
    const [tailed] = await tailAudit(store, 1);
    expect(tailed).toMatchObject({ number: 0, texts: { reason } });
  });

  it('refuses a text for which the act has no field', async () => {
    const act = { ...decideAct('h-1', 'decline'), texts: { remark: 'x' } };
    await expect(store.log.append(act)).rejects.toMatchObject({ code: 'leaf-field-refused' });
    expect(await store.log.texts()).toEqual([]);
  });

  it('runs the change after the leaf is accepted and before it commits', async () => {
    const done: string[] = [];
    await store.log.append(decideAct('h-1', 'approve'), () => Promise.resolve(done.push('x')));
    expect(done).toEqual(['x']);
    expect(await store.log.size()).toBe(1);
  });

  it('does not run the change when the leaf is refused', async () => {
    let isDone = false;
    const act = store.log.append(refusedAct(), () => Promise.resolve((isDone = true)));
    await expect(act).rejects.toMatchObject({ code: 'leaf-card-number' });
    expect(isDone).toBe(false);
    expect(await store.log.size()).toBe(0);
  });

  it('takes the leaf back when the change fails', async () => {
    const act = store.log.append(decideAct('h-1', 'approve'), () =>
      Promise.reject(new Error('no file')),
    );
    await expect(act).rejects.toThrow('no file');
    expect(await store.log.size()).toBe(0);
    expect(await store.log.append(decideAct('h-1', 'approve'))).toBe(0);
  });

  it('refuses to go on over a log whose last leaf was taken away', async () => {
    for (const id of ['h-1', 'h-2', 'h-3']) await store.log.append(decideAct(id, 'approve'));
    await store.db.deleteFrom('leaf').where('number', '=', 2).execute();
    await expect(store.log.append(decideAct('h-4', 'approve'))).rejects.toThrow();
    expect(await store.log.size()).toBe(2);
  });
});

describe('SqliteLogBook.leaves()', () => {
  it.each([
    [0, 2500],
    [999, 1001],
    [1000, 2000],
    [2499, 2500],
    [2500, 2500],
  ])('reads %i to %i of a log of 2,500 in order', async (from, to) => {
    await fill(2500);
    const indices: number[] = [];
    for await (const { index } of store.log.leaves(from, to)) indices.push(index);
    expect(indices).toEqual(Array.from({ length: to - from }, (_, at) => from + at));
    expect(await store.log.size()).toBe(2500);
  });

  it('ends where the log ends', async () => {
    await fill(3);
    expect(await allOf(store.log.leaves(0, 5000))).toHaveLength(3);
  });
});

describe('SqliteLogBook.addCheckpoint()', () => {
  it('keeps the first checkpoint of a size', async () => {
    const [root, note] = [new Uint8Array(32).fill(1), new TextEncoder().encode('note\n')];
    await store.log.addCheckpoint(5, root, note, store.clock.now());
    await store.log.addCheckpoint(5, new Uint8Array(32).fill(2), note, store.clock.now());
    expect(await allOf(await store.log.checkpoints())).toEqual([{ size: 5, root, note }]);
  });

  it('gives checkpoints back by size', async () => {
    const note = new TextEncoder().encode('— log\n');
    for (const size of [30, 4, 200]) {
      await store.log.addCheckpoint(size, new Uint8Array(32), note, store.clock.now());
    }
    const found = await allOf(await store.log.checkpoints());
    expect(found.map(({ size }) => size)).toEqual([4, 30, 200]);
    expect(found[0]!.note).toEqual(note);
  });
});

describe('SqliteLogBook.newestCheckpoints(), checkpoints() and textsFrom()', () => {
  const sizes = Array.from({ length: 450 }, (_, at) => 3 * at + 1);
  const sizesOf = (found: readonly { readonly size: number }[]) => found.map(({ size }) => size);
  beforeEach(async () => {
    const rows = sizes.map((size) => ({ size, root: new Uint8Array(32), note: '', signed_at: 0 }));
    await store.db.insertInto('checkpoint').values(rows).execute();
  });

  it('give every checkpoint once, both ways and from any size', async () => {
    expect(sizesOf(await allOf(await store.log.checkpoints()))).toEqual(sizes);
    expect(sizesOf(await allOf(await store.log.checkpoints(600)))).toEqual(sizes.slice(200));
    const down = sizes.toReversed();
    expect(sizesOf(await allOf(store.log.newestCheckpoints()))).toEqual(down);
    expect(sizesOf(await allOf(store.log.newestCheckpoints(749)))).toEqual(down.slice(200));
  });

  it('leave out what is added after they were asked for', async () => {
    const checkpoints = await store.log.checkpoints();
    const texts = await store.log.textsFrom(0);
    await store.log.addCheckpoint(9999, new Uint8Array(32), new Uint8Array(0), store.clock.now());
    await store.log.append({ ...decideAct('h-1', 'decline'), texts: { reason: 'late' } });
    expect(await allOf(checkpoints)).toHaveLength(450);
    expect(await allOf(texts)).toEqual([]);
  });

  it('give every text once, by leaf', async () => {
    await store.log.append(decideAct('h-1', 'decline'));
    await store.log.append(decideAct('h-2', 'decline'));
    const rows = Array.from({ length: 300 }, (_, at) => ({
      ...{ leaf: at % 2, field: `f${at}`, text: `t${at}` },
    }));
    await store.db.insertInto('leaf_text').values(rows).execute();
    const found = await allOf(await store.log.textsFrom(0));
    expect(found.map(({ leaf }) => leaf)).toEqual(rows.map((_, at) => (at < 150 ? 0 : 1)));
    expect(new Set(found.map(({ field }) => field)).size).toBe(300);
    expect(await allOf(await store.log.textsFrom(1))).toEqual(found.slice(150));
  });
});

describe('SqliteLogBook.nodesAt() and leaves()', () => {
  it('begin a new run, and go on, where rows are missing', async () => {
    for (let at = 0; at < 6; at += 1) await store.log.append(decideAct(`h-${at}`, 'approve'));
    const [whole] = await allOf(store.log.nodesAt(0, 6));
    expect([whole!.index, whole!.hashes.length]).toEqual([0, 6 * 32]);
    await store.db.deleteFrom('node').where('number', '=', 2).execute();
    const runs = await allOf(store.log.nodesAt(0, 6));
    expect(runs.map(({ index }) => index)).toEqual([0, 1, 3, 4, 5]);
    expect(runs[2]!.hashes).toEqual(whole!.hashes.subarray(3 * 32, 4 * 32));
    const leaves = await allOf(store.log.leaves(0, 6));
    expect(await allOf(store.log.passingLeaves(0, 6))).toEqual(leaves);
    await store.db.deleteFrom('leaf').where('number', '=', 2).execute();
    expect(await allOf(store.log.leaves(0, 6))).toEqual(leaves.toSpliced(2, 1));
  });
});

describe('SqliteLogBook.leaves()', () => {
  it('gives each leaf memory of its own: one that is kept keeps no page', async () => {
    for (const id of ['h-1', 'h-2']) await store.log.append(decideAct(id, 'approve'));
    for (const { bytes, hash } of await allOf(store.log.leaves(0, 2))) {
      expect([bytes.buffer.byteLength, hash.buffer.byteLength]).toEqual([bytes.length, 32]);
    }
  });
});

describe('tailAudit()', () => {
  it('gives the last entries, oldest first, and no more than there are', async () => {
    for (const id of ['h-1', 'h-2', 'h-3']) await store.log.append(decideAct(id, 'approve'));
    expect((await tailAudit(store, 2)).map(({ number }) => number)).toEqual([1, 2]);
    expect(await tailAudit(store, 100)).toHaveLength(3);
    expect(await tailAudit(store, 0)).toEqual([]);
  });

  it('refuses a leaf it cannot read', async () => {
    await store.log.append(decideAct('h-1', 'approve'));
    await store.db
      .updateTable('leaf')
      .set({ bytes: new Uint8Array([0x7b]) })
      .execute();
    await expect(tailAudit(store, 1)).rejects.toMatchObject({ code: 'leaf-malformed' });
  });
});
