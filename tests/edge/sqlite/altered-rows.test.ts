import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { rowsOfActs } from '../../../src/domain/audit/rows-of-acts.ts';
import { SqliteActRows } from '../../../src/edge/sqlite/act-rows.ts';
import { BatchesCheck } from '../../../src/exchange/audit/batches-check.ts';
import { verifyAudit } from '../../../src/exchange/audit/verify-audit.ts';
import { testLogKey } from '../../support/audit-log.ts';
import { allOf } from '../../support/all-of.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const { vkey } = testLogKey();
const saidAt = '2026-11-22T09:00:00.000Z';

let store: StoreBench;
beforeEach(async () => {
  store = new StoreBench();
  await store.approved();
  for (let word = 0; word < 3; word += 1) await addWord();
  const row = await store.journal.claim('b-0001', 1_000);
  const sending = await store.journal.intent(row, 1, '.tmp');
  await store.journal.outcome(sending, 'presumed', {
    ...{ by: 'delivery', verification: 'unverified', rename: 'unanswered' },
    ...{ final: 'absent', temporary: 'absent' },
  });
  const resolve = { batch: 'b-0001', handoff: 'h-0001', outcome: 'withdrawn' };
  await store.handoffs.moveBatch('b-0001', 'presumed', 'cancelled', store.clock.now(), {
    ...{ ...actOf('delivery-resolve', 'batch:b-0001', resolve), texts: { reason: 'given up' } },
  });
});
afterEach(() => store.dispose());

/** Entries 3 to 5, and from 9 on. */
async function addWord(): Promise<void> {
  const said = { batch: 'b-0001', rung: 'received', channel: 'mail' } as const;
  await store.words.add(
    {
      ...{ ...said, at: new Date(saidAt), recordedAt: store.clock.now() },
      ...{ officer: 'officer-1', evidence: undefined },
    },
    {
      ...actOf('handoff-record', 'batch:b-0001', { ...said, saidAt }),
      texts: { by: 'Yamada' },
    },
    () => Promise.resolve(),
  );
}

const verify = (): ReturnType<typeof verifyAudit> =>
  verifyAudit(
    {
      ...{ log: store.log, anchor: new AnchorDirectory(undefined) },
      actRows: new SqliteActRows(store.db),
    },
    vkey,
    [],
  );

/** What somebody with write access to the file would do, whom no key or check of the schema holds up. */
async function tamper(statement: string): Promise<void> {
  await sql.raw('pragma foreign_keys = off').execute(store.db);
  await sql.raw('pragma ignore_check_constraints = on').execute(store.db);
  await sql.raw(statement).execute(store.db);
}

describe('verifyAudit() over rows beside the log', () => {
  it('holds for rows that nobody touched, more than are read at a time', async () => {
    expect(await verify()).toMatchObject({ holds: true, entries: 9 });
    for (let word = 0; word < 70; word += 1) await addWord();
    expect(await verify()).toMatchObject({ holds: true, entries: 79 });
    await tamper(`update persons_word set channel = 'phone' where leaf = 78`);
    expect(await verify()).toMatchObject({ kind: 'row-altered', index: 78 });
  });

  it.each([
    ['who withdrew', `update batch_withdrawn set officer = 'officer-2'`, 8, 'officer'],
    ['which batch', `update batch_withdrawn set batch = 'b-0002'`, 8, 'batch'],
  ])('finds a withdrawal with another %s', async (_, statement, index, column) => {
    await tamper(statement);
    expect(await verify()).toMatchObject({
      ...{ holds: false, kind: 'row-altered', index },
      detail: { path: `batch_withdrawn.${column}` },
    });
  });

  it.each([
    ['rung', `rung = 'stored'`],
    ['channel', `channel = 'phone'`],
    ['said_at', 'said_at = said_at + 1'],
    ['recorded_at', 'recorded_at = recorded_at + 7200000'],
    ['officer', `officer = 'officer-2'`],
    ['evidence_sha256', `evidence_sha256 = '${'a'.repeat(64)}'`],
  ])("finds a person's word with another %s, the first of two", async (column, change) => {
    await tamper(`update persons_word set ${change} where leaf in (4, 5)`);
    expect(await verify()).toMatchObject({
      ...{ kind: 'row-altered', index: 4, detail: { path: `persons_word.${column}` } },
    });
  });

  it('finds a row that is gone', async () => {
    await tamper('delete from persons_word where leaf = 3');
    const gone = { kind: 'row-missing', index: 3, detail: { path: 'persons_word' } };
    expect(await verify()).toMatchObject(gone);
    await tamper('update persons_word set leaf = 3 where leaf = 4');
    expect(await verify()).toMatchObject({ ...gone, index: 4 });
  });

  it('finds a row of an entry of another act, or of none', async () => {
    const added = (leaf: number): string =>
      `insert into persons_word select ${leaf}, batch, rung, channel, said_at, recorded_at, officer,
         null, null, null from persons_word where leaf = 4`;
    await tamper(added(1));
    const unbound = { holds: false, kind: 'row-unbound' };
    expect(await verify()).toMatchObject({ ...unbound, index: 1 });
    await tamper('delete from persons_word where leaf = 1');
    for (const leaf of [-4, 1_000, 2 ** 60]) {
      await tamper(added(leaf));
      expect(await verify()).toMatchObject(unbound);
      await tamper(`delete from persons_word where leaf not between 3 and 5`);
    }
    await tamper(`update persons_word set leaf = 8 where leaf = 5`);
    expect(await verify()).toMatchObject({ kind: 'row-missing', index: 5 });
  });

  it.each([
    ['where it stands', `state = 'stored'`, 'state'],
    ['since when it could be had', 'available_at = available_at - 86400000', 'available_at'],
    ['that it could not be had', 'available_at = null', 'available_at'],
  ])('finds a batch of which a row says otherwise %s', async (_, change, column) => {
    await tamper(`update batch set ${change} where id = 'b-0001'`);
    const altered = { holds: false, kind: 'row-altered', index: 8 };
    expect(await verify()).toMatchObject({ ...altered, detail: { path: `batch.${column}` } });
  });

  it('finds a batch that is gone, and one that nobody prepared', async () => {
    await tamper(`create temp table copied as select * from batch where id = 'b-0001'`);
    await tamper(`update copied set id = 'b-0009', file = 'x'`);
    await tamper('insert into batch select * from copied');
    expect(await verify()).toMatchObject({ kind: 'row-unbound', detail: { path: 'batch.id' } });
    await tamper(`delete from batch where id = 'b-0009'`);
    await store.prepare({ id: 'h-0002', batches: [{ id: 'b-0002', cards: [4] }] });
    expect(await verify()).toMatchObject({ holds: true });
    await tamper(`delete from batch where id = 'b-0002'`);
    expect(await verify()).toMatchObject({ kind: 'row-missing', detail: { path: 'batch' } });
  });

  it('leaves aside what a batch did after its row was read', async () => {
    const before = await new SqliteActRows(store.db).batches();
    expect(before).toMatchObject({ entries: 9, batches: [{ id: 'b-0001', state: 'cancelled' }] });
    const stored = { batch: 'b-0001', handoff: 'h-0001' };
    await store.log.append(actOf('delivery-stored', 'batch:b-0001', stored));
    const state = { path: 'batch.state' };
    expect(await verify()).toMatchObject({ kind: 'row-altered', index: 9, detail: state });
    const check = await BatchesCheck.open({ batches: () => Promise.resolve(before) });
    (await store.leaves()).forEach((leaf, index) => check.note(leaf, index));
    expect(check.found()).toBeUndefined();
  });

  it('says of an altered log that it is altered, whatever its rows say', async () => {
    await tamper(`update batch_withdrawn set officer = 'officer-2'`);
    await tamper(`update leaf set hash = zeroblob(32) where number = 8`);
    expect(await verify()).toMatchObject({ kind: 'leaf-altered' });
  });

  it('reads every table and column that it compares', async () => {
    const rows = new SqliteActRows(store.db);
    for (const of of rowsOfActs) await allOf(rows.naming(of, Infinity));
    expect(rowsOfActs.length).toBeGreaterThan(30);
  });
});
