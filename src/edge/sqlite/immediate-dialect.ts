import type { Database } from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { DatabaseConnection, Dialect, Kysely, QueryResult } from 'kysely';

import type { Fault } from '../../domain/fault.ts';
import { faultOfSqlite } from './errors.ts';

const readOnly = 'SQLITE_READONLY';

/** Set to let nothing be changed any more; `query_only` of the handle goes with it. */
export interface ChangeGate {
  fault?: Fault;
}

/**
 * Driver with habits the stock one lacks: a transaction takes the write lock at once (a deferred one that upgrades
 * later fails with SQLITE_BUSY instead of waiting), only one caller at a time holds the single connection, so that a
 * query of one act never lands inside the transaction of another, and what SQLite refuses arrives in our words.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  #waiting: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;
  #connection: DatabaseConnection | undefined;
  readonly #database: Database;
  readonly #gate: ChangeGate;

  constructor(database: Database, gate: ChangeGate) {
    super({ database });
    this.#database = database;
    this.#gate = gate;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const turn = this.#waiting;
    let done = (): void => undefined;
    this.#waiting = new Promise<void>((resolve) => {
      done = resolve;
    });
    await turn;
    this.#release = done;
    this.#connection ??= new FaultingConnection(await super.acquireConnection(), this.#gate);
    return this.#connection;
  }

  override async releaseConnection(): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    await super.releaseConnection();
    release?.();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#gate.fault !== undefined) throw this.#gate.fault;
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second rollback would hide why.
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** A connection whose errors have a code of ours where the caller can do something about them. */
class FaultingConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #gate: ChangeGate;

  constructor(inner: DatabaseConnection, gate: ChangeGate) {
    this.#inner = inner;
    this.#gate = gate;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      return await this.#inner.executeQuery<Row>(query);
    } catch (error) {
      const isReadOnly = error instanceof Error && 'code' in error && error.code === readOnly;
      throw (isReadOnly ? this.#gate.fault : undefined) ?? faultOfSqlite(error) ?? error;
    }
  }

  async *streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<Row>> {
    try {
      yield* this.#inner.streamQuery<Row>(query, chunkSize);
    } catch (error) {
      throw faultOfSqlite(error) ?? error;
    }
  }
}

/** Kysely dialect over one open better-sqlite3 handle with immediate, serialised transactions. Throws nothing. */
export function immediateDialect(database: Database, gate: ChangeGate = {}): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ImmediateSqliteDriver(database, gate),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
