import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ENTRY_BYTES_MAX } from '../../../src/domain/tlog/entry-bundle.ts';
import { leafHash } from '../../../src/domain/tlog/hashes.ts';
import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { SqliteLogBook } from '../../../src/edge/sqlite/log-book.ts';
import { openDatabase } from '../../../src/edge/sqlite/open-database.ts';
import { signCheckpoint } from '../../../src/exchange/audit/sign-checkpoint.ts';
import { verifyAudit } from '../../../src/exchange/audit/verify-audit.ts';
import { logStatus } from '../../../src/exchange/status/workspace-status.ts';
import { allOf } from '../../support/all-of.ts';
import { testLogKey } from '../../support/audit-log.ts';
import { decideAct, StoreBench } from '../../support/store-bench.ts';
import { signerOf } from '../../support/test-log-signer.ts';

const key = testLogKey();
const signer = signerOf(key);

let store: StoreBench;
let anchor: AnchorDirectory;
beforeEach(async () => {
  store = new StoreBench();
  anchor = new AnchorDirectory(join(store.directory, 'anchor'));
  for (let at = 0; at < 10; at += 1) {
    const texts = { reason: `reason ${at}` };
    await store.log.append({ ...decideAct(`h-${at}`, 'decline'), texts });
  }
});
afterEach(() => store.dispose());

const verify = (against: readonly Uint8Array[] = []): ReturnType<typeof verifyAudit> =>
  verifyAudit({ log: store.log, anchor }, key.vkey, against);

const signNow = (log = store.log): ReturnType<typeof signCheckpoint> =>
  signCheckpoint({ log, openSigner: () => Promise.resolve(signer), anchor, clock: store.clock });

/** What somebody with write access to the file would do. */
const tamper = (statement: string): Promise<unknown> => sql.raw(statement).execute(store.db);

describe('verifyAudit() over the database', () => {
  it('holds for a log that nobody touched, signed or not', async () => {
    expect(await verify()).toMatchObject({ holds: true, entries: 10, signedTo: 0 });
    await signNow();
    expect(await verify()).toMatchObject({ holds: true, signedTo: 10, anchoredTo: 10 });
  });

  it('holds when a text was purged', async () => {
    await tamper('delete from leaf_text where leaf = 3');
    expect(await verify()).toMatchObject({ holds: true });
  });

  it.each([0, 4, 9])('finds one altered byte in leaf %i', async (number) => {
    const [leaf] = await allOf(store.log.leaves(number, number + 1));
    const bytes = leaf!.bytes.slice();
    bytes[bytes.length - 10]! ^= 1;
    await store.db.updateTable('leaf').set({ bytes }).where('number', '=', number).execute();
    expect(await verify()).toMatchObject({ holds: false, kind: 'leaf-altered', index: number });
  });

  it('finds a leaf whose hash was altered with it', async () => {
    const [leaf] = await allOf(store.log.leaves(2, 3));
    await tamper(
      'update leaf set bytes = (select bytes from leaf where number = 3),' +
        ' hash = (select hash from leaf where number = 3) where number = 2',
    );
    expect(leaf!.index).toBe(2);
    expect(await verify()).toMatchObject({ holds: false, kind: 'node-altered', index: 2 });
  });

  it.each([
    ['the last leaf taken away', 'delete from leaf_text; delete from leaf where number = 9', 9],
    ['a middle leaf taken away', 'delete from leaf_text; delete from leaf where number = 4', 4],
    ['the first leaf taken away', 'delete from leaf_text; delete from leaf where number = 0', 0],
  ])('finds %s', async (_, statements, index) => {
    for (const statement of statements.split(';')) await tamper(statement);
    expect(await verify()).toMatchObject({ holds: false, kind: 'leaf-missing', index });
  });

  it('finds two leaves swapped', async () => {
    await tamper('delete from leaf_text');
    for (const [from, to] of [
      [5, 99],
      [6, 5],
      [99, 6],
    ]) {
      await tamper(`update leaf set number = ${to} where number = ${from}`);
    }
    expect(await verify()).toMatchObject({ holds: false, kind: 'node-altered', index: 5 });
  });

  it.each([
    [0, 3],
    [1, 2],
    [3, 0],
  ])('finds an altered node %i/%i', async (level, number) => {
    await tamper(
      `update node set hash = zeroblob(32) where level = ${level} and number = ${number}`,
    );
    expect(await verify()).toMatchObject({ holds: false, kind: 'node-altered' });
  });

  /** As whoever writes to the file itself, whom no check of the schema holds up. */
  const overwrite = async (statement: string): Promise<void> => {
    await tamper('pragma ignore_check_constraints = on');
    await tamper(statement);
  };
  /** The last byte of one hash goes to the next one, or the first of the next to it: glued they are what they were. */
  const shifted = (table: string, rest: string, isDown: boolean): string => {
    // From the table that holds the same hashes: the rows of this one change while they are read.
    const twin = table === 'leaf' ? 'node where level = 0 and' : 'leaf where';
    const part = (from: string, number: number): string =>
      `(select substr(hash, ${from}) from ${twin} number = ${number})`;
    const [second, third] = isDown
      ? ['substr(hash, 1, 31)', `cast(${part('32', 2)} || hash as blob)`]
      : [`cast(hash || ${part('1, 1', 3)} as blob)`, 'substr(hash, 2)'];
    return `update ${table} set hash = case number when 2 then ${second} else ${third} end where number in (2, 3)${rest}`;
  };

  it.each([
    ['leaf', '', true, { kind: 'leaf-altered', index: 2 }],
    ['leaf', '', false, { kind: 'leaf-altered', index: 2 }],
    ['node', ' and level = 0', true, { kind: 'node-altered', index: 2 }],
    ['node', ' and level = 0', false, { kind: 'node-altered', index: 2 }],
  ])(
    'finds a byte that moved between hashes (%s%s, down: %s)',
    async (table, rest, down, found) => {
      const glued = `select cast(group_concat(hash, '' order by number) as blob) as hashes from ${table} where number >= 0${rest}`;
      const before = await sql.raw(glued).execute(store.db);
      await overwrite(shifted(table, rest, down));
      expect(await sql.raw(glued).execute(store.db)).toEqual(before);
      expect(await verify()).toMatchObject({ holds: false, ...found });
    },
  );

  it.each([
    ['shorter', 'zeroblob(31)', 9],
    ['longer by what follows', "cast(hash || x'00' as blob)", 9],
    ['empty', "x''", 0],
  ])('finds a hash that is %s', async (_, hash, number) => {
    await overwrite(`update node set hash = ${hash} where level = 0 and number = ${number}`);
    expect(await verify()).toMatchObject({ holds: false, kind: 'node-altered', index: number });
    await overwrite(`update leaf set hash = ${hash} where number = ${number}`);
    expect(await verify()).toMatchObject({ holds: false, kind: 'leaf-altered', index: number });
  });

  it('does not read an entry that is longer than any is: its own hash does not help it', async () => {
    const bytes = new Uint8Array(ENTRY_BYTES_MAX + 1);
    const hash = leafHash(bytes);
    await store.db.updateTable('leaf').set({ bytes, hash }).where('number', '=', 9).execute();
    expect(await allOf(store.log.leaves(9, 10))).toMatchObject([{ bytes: new Uint8Array(0) }]);
    expect(await verify()).toMatchObject({ holds: false, kind: 'leaf-altered', index: 9 });
  });

  it.each([-1, '-9223372036854775808'])('finds an entry of number %s', async (number) => {
    await signNow();
    await tamper(`insert into leaf select ${number}, bytes, hash from leaf where number = 0`);
    expect(await verify()).toMatchObject({
      ...{ holds: false, kind: 'leaf-misplaced', index: 0, detail: { found: Number(number) } },
    });
  });

  it.each([2 ** 50, '9007199254740993', '9223372036854775807'])(
    'finds an entry of number %s, and does not look through what is not there',
    async (number) => {
      await tamper(`insert into leaf select ${number}, bytes, hash from leaf where number = 0`);
      expect(await verify()).toMatchObject({ holds: false, kind: 'leaf-missing', index: 10 });
    },
  );

  it.each([
    [0, -1],
    [0, 11],
    [0, 2 ** 50],
    [2, 2],
    [4, 0],
    [-1, 0],
    [64, 0],
    [0, '9007199254740993'],
  ])('finds a hash at %s/%s, where the tree has none', async (level, number) => {
    await signNow();
    await tamper(`insert into node select ${level}, ${number}, hash from node limit 1`);
    expect(await verify()).toMatchObject({
      ...{ holds: false, kind: 'node-unexpected', detail: { path: `${level}/${Number(number)}` } },
    });
  });

  it('finds the hash of an entry that is gone', async () => {
    await tamper('insert into node select 0, 10, hash from node limit 1');
    expect(await verify()).toMatchObject({ holds: false, kind: 'leaf-missing', index: 10 });
  });

  it.each([-5, 0, '9007199254740993'])(
    'finds a checkpoint of size %s that is none',
    async (size) => {
      await signNow();
      await tamper(`insert into checkpoint select ${size}, root, note, signed_at from checkpoint`);
      const verdict = await verify();
      expect(verdict).toMatchObject({
        holds: false,
        kind: 'checkpoint-altered',
        size: Number(size),
      });
    },
  );

  it('finds a node taken away', async () => {
    await tamper('delete from node where level = 1 and number = 1');
    expect(await verify()).toMatchObject({ holds: false, kind: 'node-missing', index: 3 });
  });

  it.each([
    ['root', 'update checkpoint set root = zeroblob(32)', 'checkpoint-altered'],
    ['size', 'update checkpoint set size = 9', 'checkpoint-altered'],
    ['signed text', "update checkpoint set note = replace(note, 'log', 'l0g')", 'checkpoint-'],
    ['form', "update checkpoint set note = 'x'", 'checkpoint-malformed'],
  ])('finds a checkpoint with another %s', async (_, statement, kind) => {
    await signNow();
    await tamper(statement);
    const verdict = await verify();
    expect(verdict.holds).toBe(false);
    expect(verdict).toHaveProperty('kind', expect.stringMatching(`^${kind}`));
  });

  it('finds an altered text, and one that nothing binds', async () => {
    await tamper(`update leaf_text set text = 'another' where leaf = 4`);
    expect(await verify()).toMatchObject({ holds: false, kind: 'text-altered', index: 4 });
    await tamper('delete from leaf_text');
    await tamper(`insert into leaf_text values (4, 'actor', 'x')`);
    expect(await verify()).toMatchObject({ holds: false, kind: 'text-unbound', index: 4 });
  });

  it('finds a whole log made anew, by a checkpoint that a reviewer kept', async () => {
    const { note } = await signNow();
    const kept = new TextEncoder().encode(note);
    const other = new StoreBench();
    try {
      for (let at = 0; at < 12; at += 1) await other.log.append(decideAct(`h-${at}`, 'approve'));
      const none = new AnchorDirectory(undefined);
      const ports = { log: other.log, anchor: none };
      expect(await verifyAudit(ports, key.vkey, [])).toMatchObject({ holds: true });
      expect(await verifyAudit(ports, key.vkey, [kept])).toMatchObject({
        ...{ holds: false, kind: 'anchor-forked', size: 10 },
      });
    } finally {
      await other.dispose();
    }
  });
});

describe('signCheckpoint() over the database', () => {
  /** A copy of the database as it is now, to be put back later. */
  async function backUp(): Promise<() => Promise<SqliteLogBook>> {
    const path = join(store.directory, 'backup.db');
    await tamper(`vacuum into '${path}'`);
    return () => {
      const restored = join(store.directory, 'restored.db');
      copyFileSync(path, restored);
      rmSync(path);
      const opened = openDatabase(restored, { create: false });
      closing.push(() => opened.close());
      return Promise.resolve(new SqliteLogBook(opened.db, store.clock));
    };
  }
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  it('signs the same log again with the same bytes', async () => {
    expect(await signNow()).toEqual(await signNow());
    expect(await anchor.names(key.key.name)).toHaveLength(1);
  });

  it('follows a log that grows', async () => {
    await signNow();
    await store.log.append(decideAct('h-10', 'approve'));
    expect((await signNow()).size).toBe(11);
    expect(await anchor.names(key.key.name)).toEqual([
      '000000000010.checkpoint',
      '000000000011.checkpoint',
    ]);
  });

  it('refuses a restored copy that is older than the anchor, and verify names it', async () => {
    const restore = await backUp();
    await store.log.append(decideAct('h-10', 'approve'));
    await signNow();
    const old = await restore();
    await expect(signNow(old)).rejects.toMatchObject({
      ...{ code: 'anchor-ahead', facts: { anchored: 11, size: 10 } },
    });
    expect(await verifyAudit({ log: old, anchor }, key.vkey, [])).toMatchObject({
      ...{ holds: false, kind: 'anchor-ahead', size: 11 },
    });
    const facts = { id: 'w', mode: 'drill', signer: '', vkey: key.vkey } as const;
    expect(await logStatus({ log: old, anchor, facts })).toMatchObject({ anchor: 'ahead' });
    expect(await anchor.names(key.key.name)).toHaveLength(1);
  });

  it('refuses a restored copy that went on as another log', async () => {
    const restore = await backUp();
    await store.log.append(decideAct('h-10', 'approve'));
    await signNow();
    const fork = await restore();
    for (const id of ['h-11', 'h-12']) await fork.append(decideAct(id, 'approve'));
    await expect(signNow(fork)).rejects.toMatchObject({ code: 'anchor-forked' });
    expect(await verifyAudit({ log: fork, anchor }, key.vkey, [])).toMatchObject({
      ...{ holds: false, kind: 'anchor-forked', size: 11 },
    });
    const facts = { id: 'w', mode: 'drill', signer: '', vkey: key.vkey } as const;
    expect(await logStatus({ log: fork, anchor, facts })).toMatchObject({ anchor: 'forked' });
  });

  it('holds the log against its own last checkpoint where there is no anchor', async () => {
    const none = new AnchorDirectory(undefined);
    const openSigner = () => Promise.resolve(signer);
    const ports = { log: store.log, openSigner, anchor: none, clock: store.clock };
    await signCheckpoint(ports);
    await tamper('delete from leaf_text');
    await tamper('delete from leaf where number >= 8');
    await expect(signCheckpoint(ports)).rejects.toMatchObject({ code: 'anchor-ahead' });
  });

  it('refuses an anchor that was tampered with rather than sign past it', async () => {
    await signNow();
    const [name] = await anchor.names(key.key.name);
    const file = await anchor.read(key.key.name, name!);
    await anchor.put(key.key.name, { name: '000000000099.checkpoint', bytes: file.bytes });
    await expect(signNow()).rejects.toMatchObject({ code: 'anchor-malformed' });
  });
});
