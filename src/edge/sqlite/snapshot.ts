import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { Kysely } from 'kysely';

import { rootAt } from '../../domain/tlog/tree.ts';
import { systemClock } from '../clock/system-clock.ts';
import { readFile } from '../files/backup-files.ts';
import { namesIn } from '../files/names-in.ts';
import { nameAtWork, removeLeftovers } from '../files/own-leftovers.ts';
import type { DatabaseSnapshot } from '../../exchange/backup/backup-files.ts';
import { faultOfSqlite } from './errors.ts';
import { SqliteLogBook } from './log-book.ts';
import { immediateDialect } from './immediate-dialect.ts';
import type { OpenDatabase } from './open-database.ts';
import type { Tables } from './tables.ts';
import { firstOf } from '../../exchange/audit/first-of.ts';
import { nodesForRoots } from '../../exchange/audit/nodes-for-roots.ts';

const stem = 'snapshot';

/**
 * Copies an open database into a hidden file beside it: one moment of it, whatever other processes write meanwhile. The
 * copy is one file, without a log of writes beside it. Throws `disk-full`, `store-*`, and as `namesIn`.
 */
export async function snapshotOf(
  database: OpenDatabase,
  directory: string,
): Promise<DatabaseSnapshot> {
  await removeLeftovers(directory, await namesIn(directory), stem);
  const path = join(directory, nameAtWork(stem));
  const dispose = (): Promise<void> => rm(path, { force: true });
  await dispose();
  try {
    // An empty file of ours first: SQLite would make it for the whole group where the umask allows.
    await (await open(path, 'wx', 0o600)).close();
    await database.copyTo(path);
    const log = await settle(path);
    const read = async function* (): AsyncGenerator<Uint8Array> {
      yield* readFile(await open(path, 'r'));
    };
    return { ...log, ...(await measure(path)), read, dispose };
  } catch (error) {
    await dispose();
    throw faultOfSqlite(error) ?? error;
  }
}

/** Makes it one file, without a log of writes beside it, and reads where its log stands. */
async function settle(
  path: string,
): Promise<Pick<DatabaseSnapshot, 'size' | 'root' | 'checkpoint'>> {
  const handle = new Database(path, { fileMustExist: true });
  const db = new Kysely<Tables>({ dialect: immediateDialect(handle) });
  try {
    handle.pragma('journal_mode = DELETE');
    const log = new SqliteLogBook(db, systemClock);
    const size = await log.size();
    const newest = await firstOf(log.newestCheckpoints());
    return {
      size,
      root: rootAt(size, await nodesForRoots(log, [size])),
      checkpoint: newest === undefined ? undefined : new TextDecoder().decode(newest.note),
    };
  } finally {
    await db.destroy();
  }
}

async function measure(path: string): Promise<Pick<DatabaseSnapshot, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readFile(await open(path, 'r'))) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
