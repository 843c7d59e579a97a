import Database from 'better-sqlite3';
import { Kysely } from 'kysely';

import type { Fault } from '../../domain/fault.ts';
import { faultOfSqlite, StoreFault } from './errors.ts';
import { immediateDialect } from './immediate-dialect.ts';
import type { ChangeGate } from './immediate-dialect.ts';
import { schemaStatements, schemaVersion } from './schema.ts';
import type { Tables } from './tables.ts';

/** An open database. `close` flushes and must be called; a second call does nothing. */
export interface OpenDatabase {
  readonly db: Kysely<Tables>;
  /** Copies it as it is now into a file, while other processes may write. */
  copyTo(path: string): Promise<void>;
  /** From now on nothing is changed through it any more: what tries gets this fault, whatever it is. */
  refuseChanges(fault: Fault): void;
  /** Ends that. */
  allowChanges(): void;
  close(): Promise<void>;
}

const pageBytes = 16_384;

/** How long a writer waits for another process's short transaction. */
const busyTimeoutMs = 10_000;

/**
 * Opens the database of a workspace with the settings its promises rest on, and reads them back.
 *
 * better-sqlite3 is compiled with WAL synchronous NORMAL: without the explicit FULL a committed row may vanish on
 * power loss. SQLite before 3.51.3 can corrupt a WAL database with two writers.
 *
 * Throws `store-missing`, `store-unsafe` (a setting did not hold, or the file is no database), `store-busy`,
 * `store-io-failed`, `disk-full` or `store-version`.
 */
export function openDatabase(
  path: string,
  options: { readonly create: boolean; readonly busyTimeoutMs?: number },
): OpenDatabase {
  const { create, busyTimeoutMs: timeout = busyTimeoutMs } = options;
  let handle: Database.Database;
  try {
    handle = new Database(path, { fileMustExist: !create, timeout });
  } catch (cause) {
    throw new StoreFault('store-missing', {}, cause);
  }
  try {
    // Has an effect on a new file only. Pages of cards are large: a quarter of the calls to write and read them.
    if (create) handle.pragma(`page_size = ${pageBytes}`);
    setPragmas(handle);
    if (create) createSchema(handle);
    const version = Number(handle.pragma('user_version', { simple: true }));
    if (version !== schemaVersion) {
      throw new StoreFault('store-version', { found: version, expected: schemaVersion });
    }
  } catch (error) {
    handle.close();
    throw faultOfSqlite(error) ?? error;
  }
  const gate: ChangeGate = {};
  const db = new Kysely<Tables>({ dialect: immediateDialect(handle, gate) });
  return {
    db,
    copyTo: async (to) => {
      // All pages in one step: between two of them another process may write, and SQLite would begin again.
      await handle.backup(to, { progress: () => pagesMax });
    },
    refuseChanges: (fault) => {
      gate.fault = fault;
      handle.pragma('query_only = ON');
    },
    allowChanges: () => {
      delete gate.fault;
      handle.pragma('query_only = OFF');
    },
    close: () => db.destroy(),
  };
}

const pagesMax = 0x7fffffff;

function setPragmas(handle: Database.Database): void {
  const wanted: readonly (readonly [string, string, string | number])[] = [
    ['journal_mode', 'WAL', 'wal'],
    ['synchronous', 'FULL', 2],
    ['foreign_keys', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    // Pages of card columns are deleted at purge: their bytes must not linger in the file.
    ['secure_delete', 'ON', 1],
  ];
  for (const [name, value, expected] of wanted) {
    handle.pragma(`${name} = ${value}`);
    const found: unknown = handle.pragma(name, { simple: true });
    if (found !== expected) throw new StoreFault('store-unsafe', { setting: name });
  }
  const version = String(handle.prepare('select sqlite_version()').pluck().get());
  if (compareVersions(version, '3.51.3') < 0) {
    throw new StoreFault('store-unsafe', { setting: 'sqlite_version', found: version });
  }
}

/** The version of SQLite that is built in. */
export function sqliteVersion(): string {
  const memory = new Database(':memory:');
  try {
    return String(memory.prepare('select sqlite_version()').pluck().get());
  } finally {
    memory.close();
  }
}

function createSchema(handle: Database.Database): void {
  handle
    .transaction(() => {
      if (Number(handle.pragma('user_version', { simple: true })) !== 0) return;
      for (const statement of schemaStatements) handle.exec(statement);
      handle.pragma(`user_version = ${schemaVersion}`);
    })
    .immediate();
}

function compareVersions(left: string, right: string): number {
  const a = left.split('.').map(Number);
  const b = right.split('.').map(Number);
  for (let i = 0; i < 3; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
