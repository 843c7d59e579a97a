import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { SqliteLogRecoveries } from '../../../src/edge/sqlite/log-recoveries.ts';
import { SqliteOwnKeys } from '../../../src/edge/sqlite/own-keys.ts';
import type { ActRecord } from '../../../src/exchange/acts/act-record.ts';
import type { DoubtedBatch } from '../../../src/exchange/audit/log-recoveries.ts';
import { recoveryGround } from '../../../src/exchange/audit/recovery-ground.ts';
import { signCheckpoint } from '../../../src/exchange/audit/sign-checkpoint.ts';
import { testLogKey } from '../../support/audit-log.ts';
import { decideAct, StoreBench } from '../../support/store-bench.ts';
import { signerOf } from '../../support/test-log-signer.ts';

const key = testLogKey();
const next = testLogKey(`${key.key.name}/recovered-${'0f'.repeat(8)}`);
const facts = { vkey: key.vkey };

let store: StoreBench;
let anchor: AnchorDirectory;
beforeEach(() => {
  store = new StoreBench();
  anchor = new AnchorDirectory(join(store.directory, 'anchor'));
});
afterEach(() => store.dispose());

const append = (from: number, to: number, log = store.log): Promise<unknown> =>
  Array.from({ length: to - from }, (_, at) => from + at).reduce<Promise<unknown>>(
    (before, at) => before.then(() => log.append(decideAct(`h-${at}`, 'decline'))),
    Promise.resolve(),
  );
const signNow = (by = key, log = store.log): ReturnType<typeof signCheckpoint> =>
  signCheckpoint({
    ...{ log, anchor, clock: store.clock },
    openSigner: () => Promise.resolve(signerOf(by)),
  });
/** As after a restore: entries from here on were never written. */
const setBack = async (size: number): Promise<void> => {
  await store.db.deleteFrom('checkpoint').where('size', '>', size).execute();
  await store.db.deleteFrom('leaf').where('number', '>=', size).execute();
  const nodes = await store.db.selectFrom('node').select(['level', 'number']).execute();
  for (const { level, number } of nodes) {
    if ((number + 1) * 2 ** level <= size) continue;
    const node = store.db.deleteFrom('node').where('level', '=', level);
    await node.where('number', '=', number).execute();
  }
};
const ground = (): ReturnType<typeof recoveryGround> =>
  recoveryGround({ log: store.log, anchor, facts });
const refusal = async (code: string): Promise<void> => {
  await expect(ground()).rejects.toMatchObject({ code });
};

describe('recoveryGround()', () => {
  beforeEach(async () => {
    await append(0, 4);
    await signNow();
    await append(4, 7);
    await signNow();
  });

  it('finds what an older copy and a forked one have in common with their anchor', async () => {
    await setBack(5);
    expect(await ground()).toMatchObject({ common: { size: 4 }, anchored: { size: 7 } });
    await append(20, 24);
    expect(await ground()).toMatchObject({ common: { size: 4 }, anchored: { size: 7 } });
  });

  it('finds nothing in common where the first checkpoint is another', async () => {
    const other = new StoreBench();
    await append(50, 58, other.log);
    const found = await recoveryGround({ log: other.log, anchor, facts });
    expect(found).toMatchObject({ common: { size: 0 }, anchored: { size: 7 } });
    await other.dispose();
  });

  it('is refused while the anchor agrees, is not there, or is none', async () => {
    await refusal('recovery-not-needed');
    await append(7, 9);
    await refusal('recovery-not-needed');
    const away = new AnchorDirectory(join(store.directory, 'away'));
    const elsewhere = recoveryGround({ log: store.log, anchor: away, facts });
    await expect(elsewhere).rejects.toMatchObject({ code: 'anchor-missing' });
    const none = new AnchorDirectory(undefined);
    const without = recoveryGround({ log: store.log, anchor: none, facts });
    await expect(without).rejects.toMatchObject({ code: 'config-missing-key' });
  });

  it('is refused to a log that was tampered with', async () => {
    await setBack(5);
    const [leaf] = await store.db.selectFrom('leaf').selectAll().where('number', '=', 2).execute();
    const bytes = leaf!.bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    await store.db.updateTable('leaf').set({ bytes }).where('number', '=', 2).execute();
    await refusal('log-altered');
  });

  it.each([
    ['is ahead', 5],
    ['agrees, as far as its key is known', 7],
  ])('is refused where an unknown key signed last and the rest %s', async (_, size) => {
    await setBack(size);
    const stranger = testLogKey(key.key.name);
    const more = new StoreBench();
    await append(0, 9, more.log);
    const theirs = new AnchorDirectory(join(store.directory, 'theirs'));
    const openSigner = () => Promise.resolve(signerOf(stranger));
    await signCheckpoint({ log: more.log, anchor: theirs, clock: more.clock, openSigner });
    const [name] = await theirs.names(key.key.name);
    const file = await theirs.read(key.key.name, name!);
    await anchor.put(key.key.name, file);
    await refusal('recovery-unknown-successor');
    await more.dispose();
  });

  it('is refused where another copy was recovered before', async () => {
    await setBack(5);
    const [name] = await anchor.names(key.key.name);
    const file = await anchor.read(key.key.name, name!);
    await anchor.put(next.key.name, file);
    await refusal('anchor-recovered');
  });
});

describe('SqliteLogRecoveries', () => {
  const actor = { actor: 'approver-1', result: 'done', origin: 'cli:test' } as const;
  const digest = 'ab'.repeat(32);
  const recoveryAct = (doubted: number): ActRecord => ({
    draft: {
      ...{ ...actor, act: 'log-recover', object: 'workspace:live-1' },
      data: {
        ...{ vkey: next.vkey, replaced: key.vkey, size: 0, root: digest, doubted },
        ...{ anchored: 9, anchoredRoot: digest, statement: digest },
        ...{ requester: 'officer-1', requesterFingerprint: 'AB'.repeat(20) },
        ...{ requesterSignature: digest, signature: digest },
        ...{ officer: 'approver-1', fingerprint: 'CD'.repeat(20) },
      },
    },
    texts: { reason: 'machine burnt' },
  });
  const doubt = ({ id, handoff }: DoubtedBatch): ActRecord => ({
    draft: {
      ...{ ...actor, act: 'delivery-presumed', object: `batch:${id}` },
      data: { batch: id, handoff, by: 'recovery' },
    },
  });
  const recover = (before = key.vkey): Promise<readonly DoubtedBatch[]> =>
    new SqliteLogRecoveries(store.db, store.clock).recover(
      { number: 1, fingerprint: before },
      { number: 2, fingerprint: next.vkey, madeAt: store.clock.now() },
      { recovery: recoveryAct, doubt },
    );

  it('holds back what this copy believes not yet gone, and nothing else', async () => {
    await store.openIncident();
    const cards = [1];
    const states = ['approved', 'sending', 'publishing', 'offered', 'built', 'failed', 'stored'];
    const batches = states.map((state, at) => ({ id: `b-${state}`, cards: [at + 1, ...cards] }));
    await store.prepare({ id: 'h-0001', batches });
    for (const state of states) {
      const update = store.db.updateTable('batch').set({ state });
      await update.where('id', '=', `b-${state}`).execute();
    }
    const known = { changed_at: store.nowMs - 9_000 };
    await store.db.updateTable('batch').set(known).execute();
    const offered = store.db.updateTable('batch').set({ available_at: 7 });
    await offered.where('id', '=', 'b-offered').execute();
    const doubted = await recover();
    const held = ['b-approved', 'b-failed', 'b-offered', 'b-publishing', 'b-sending'];
    expect(doubted.map(({ id }) => id)).toEqual(held);
    const rows = await store.db
      .selectFrom('batch')
      .select(['id', 'state', 'fence', 'doubted_leaf', 'available_at'])
      .orderBy('id')
      .execute();
    const leaf = (await store.acts()).indexOf('log-recover');
    for (const row of rows) {
      const untouched = {
        state: row.id.slice(2),
        fence: 0,
        doubted_leaf: null,
        available_at: null,
      };
      const since = row.id === 'b-offered' ? 7 : known.changed_at;
      const expected = { state: 'presumed', fence: 1, doubted_leaf: leaf, available_at: since };
      expect(row).toEqual({ id: row.id, ...(held.includes(row.id) ? expected : untouched) });
    }
    expect((await store.acts()).slice(leaf + 1)).toEqual(held.map(() => 'delivery-presumed'));
    expect((await store.leaves())[leaf]!.data['doubted']).toBe(5);
  });

  it('ends every key and forgets a restore; a log is not recovered twice from one state', async () => {
    await store.db.insertInto('workspace').values({ name: 'restored', value: '{}' }).execute();
    await recover();
    const keys = await new SqliteOwnKeys(store.db, store.clock).list('log');
    expect(keys.map(({ fingerprint, state }) => [fingerprint, state])).toEqual([
      [key.vkey, 'retired'],
      [next.vkey, 'in-use'],
    ]);
    const marks = store.db.selectFrom('workspace').selectAll().where('name', '=', 'restored');
    expect(await marks.execute()).toEqual([]);
    const size = await store.log.size();
    await expect(recover()).rejects.toMatchObject({ code: 'recovery-statement' });
    expect(await store.log.size()).toBe(size);
  });

  it('lets the new key sign into its own part of the anchor, which then has to hold it', async () => {
    await append(0, 3);
    await signNow();
    await recover();
    const both = { ...signerOf(next), earlier: [key.vkey] };
    const sign = (): ReturnType<typeof signCheckpoint> =>
      signCheckpoint({
        ...{ log: store.log, anchor, clock: store.clock },
        openSigner: () => Promise.resolve(both),
      });
    await sign();
    expect(await anchor.names(next.key.name)).toHaveLength(1);
    expect(await anchor.names(key.key.name)).toHaveLength(1);
    await expect(signNow()).rejects.toMatchObject({ code: 'anchor-recovered' });
    const away = new AnchorDirectory(join(store.directory, 'away'));
    const ports = { log: store.log, anchor: away, clock: store.clock };
    const openSigner = () => Promise.resolve(both);
    const blind = signCheckpoint({ ...ports, openSigner });
    await expect(blind).rejects.toMatchObject({ code: 'anchor-missing' });
  });
});
