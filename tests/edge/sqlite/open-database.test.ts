import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';

import { openDatabase, sqliteVersion } from '../../../src/edge/sqlite/open-database.ts';
import { schemaVersion } from '../../../src/edge/sqlite/schema.ts';
import type { OpenDatabase } from '../../../src/edge/sqlite/open-database.ts';
import { SqliteLogBook } from '../../../src/edge/sqlite/log-book.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { decideAct } from '../../support/store-bench.ts';

const opened: OpenDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

function open(path: string, create: boolean, busyTimeoutMs = 10_000): OpenDatabase {
  const database = openDatabase(path, { create, busyTimeoutMs });
  opened.push(database);
  return database;
}

async function newDatabase(): Promise<{ path: string; database: OpenDatabase }> {
  const path = join(await scratchFolder(), 'mimamori.db');
  return { path, database: open(path, true) };
}

async function pragma({ db }: OpenDatabase, name: string): Promise<unknown> {
  const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db);
  return Object.values(rows[0]!)[0];
}

const clock = { now: () => new Date('2026-11-22T10:00:00Z') };

describe('openDatabase()', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['trusted_schema', 0],
    ['secure_delete', 1],
    ['user_version', schemaVersion],
  ])('holds %s at %s', async (name, expected) => {
    const { database } = await newDatabase();
    expect(await pragma(database, name)).toBe(expected);
  });

  it('holds the settings of a connection when it opens an old database again', async () => {
    const { path, database } = await newDatabase();
    await database.close();
    const again = open(path, false);
    expect(await pragma(again, 'synchronous')).toBe(2);
    expect(await pragma(again, 'foreign_keys')).toBe(1);
    expect(await pragma(again, 'secure_delete')).toBe(1);
  });

  it('makes files for their owner alone under the umask of the program', async () => {
    const folder = await scratchFolder();
    const before = process.umask(0o077);
    try {
      const database = open(join(folder, 'a.db'), true);
      await new SqliteLogBook(database.db, clock).append(decideAct('h-1', 'approve'));
      for (const suffix of ['', '-wal', '-shm']) {
        expect(statSync(join(folder, `a.db${suffix}`)).mode & 0o777).toBe(0o600);
      }
    } finally {
      process.umask(before);
    }
  });

  it('refuses a database that is not there, and makes none', async () => {
    const path = join(await scratchFolder(), 'none.db');
    expect(() => open(path, false)).toThrow(expect.objectContaining({ code: 'store-missing' }));
    expect(() => statSync(path)).toThrow();
  });

  it('refuses a folder in its place', async () => {
    const folder = await scratchFolder();
    expect(() => open(folder, false)).toThrow(expect.objectContaining({ code: 'store-missing' }));
  });

  it.each([0, schemaVersion - 1, schemaVersion + 1])(
    'refuses schema version %i',
    async (version) => {
      const path = join(await scratchFolder(), 'other.db');
      const raw = new Database(path);
      raw.pragma(`user_version = ${version}`);
      raw.close();
      expect(() => open(path, false)).toThrow(
        expect.objectContaining({
          code: 'store-version',
          facts: { found: version, expected: schemaVersion },
        }),
      );
    },
  );

  it('does not touch a newer database when asked to create one', async () => {
    const path = join(await scratchFolder(), 'newer.db');
    const raw = new Database(path);
    raw.pragma(`user_version = ${schemaVersion + 1}`);
    raw.close();
    expect(() => open(path, true)).toThrow(expect.objectContaining({ code: 'store-version' }));
    const after = new Database(path);
    expect(after.prepare('select count(*) from sqlite_schema').pluck().get()).toBe(0);
    after.close();
  });

  it('creating over a workspace that is there keeps its rows', async () => {
    const { path, database } = await newDatabase();
    await new SqliteLogBook(database.db, clock).append(decideAct('h-1', 'approve'));
    const again = open(path, true);
    expect(await new SqliteLogBook(again.db, clock).size()).toBe(1);
  });

  it('refuses a file that is no database', async () => {
    const path = join(await scratchFolder(), 'text.db');
    writeFileSync(path, 'card,expiry\n'.repeat(1000));
    expect(() => open(path, false)).toThrow(expect.objectContaining({ code: 'store-unsafe' }));
  });

  it('refuses a truncated database before anything is read from it', async () => {
    const path = join(await scratchFolder(), 'cut.db');
    writeFileSync(path, 'SQLite format 3\0');
    chmodSync(path, 0o600);
    expect(() => open(path, false)).toThrow(expect.objectContaining({ code: 'store-unsafe' }));
  });

  it('tells the version that is built in, one without the WAL bug', () => {
    const [major, minor, patch] = sqliteVersion().split('.').map(Number);
    expect(major! * 1e6 + minor! * 1e3 + patch!).toBeGreaterThanOrEqual(3_051_003);
  });
});

describe('immediateDialect() and what SQLite refuses', () => {
  it('says store-busy when another process keeps the write lock', async () => {
    const { path } = await newDatabase();
    const other = new Database(path);
    other.exec('begin immediate');
    try {
      const log = new SqliteLogBook(open(path, false, 50).db, clock);
      await expect(log.append(decideAct('h-1', 'approve'))).rejects.toMatchObject({
        code: 'store-busy',
        retry: 'later',
      });
      expect(await log.size()).toBe(0);
    } finally {
      other.close();
    }
  });

  it('says disk-full, takes the act back and goes on when there is room', async () => {
    const { database } = await newDatabase();
    const log = new SqliteLogBook(database.db, clock);
    const pages = Number(await pragma(database, 'page_count'));
    await sql.raw(`pragma max_page_count = ${pages}`).execute(database.db);
    const big = { ...decideAct('h-1', 'approve'), texts: { reason: 'x'.repeat(100_000) } };
    await expect(log.append(big)).rejects.toMatchObject({ code: 'disk-full', retry: 'later' });
    expect(await log.size()).toBe(0);
    await sql.raw('pragma max_page_count = 1000000').execute(database.db);
    expect(await log.append(big)).toBe(0);
  });

  it('a reader sees the last commit while a writer is at work', async () => {
    const { path, database } = await newDatabase();
    const log = new SqliteLogBook(database.db, clock);
    await log.append(decideAct('h-1', 'approve'));
    const reader = new SqliteLogBook(open(path, false, 50).db, clock);
    await log.append(decideAct('h-2', 'approve'), async () => {
      expect(await reader.size()).toBe(1);
    });
    expect(await reader.size()).toBe(2);
  });

  it('a query never lands inside the transaction of another caller', async () => {
    const { database } = await newDatabase();
    const log = new SqliteLogBook(database.db, clock);
    let sizeSeen: Promise<number> | undefined;
    const act = log.append(decideAct('h-1', 'approve'), async () => {
      sizeSeen = log.size();
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('taken back');
    });
    await expect(act).rejects.toThrow('taken back');
    expect(await sizeSeen).toBe(0);
  });
});
