import type { Database } from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { DatabaseConnection, Dialect, Kysely } from 'kysely';

/**
 * Driver with two habits the stock one lacks: a transaction takes the write lock at once (a deferred one that
 * upgrades later fails with SQLITE_BUSY instead of waiting), and only one caller at a time holds the single
 * connection, so that a query of one act never lands inside the transaction of another.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  #waiting: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    const turn = this.#waiting;
    let done = (): void => undefined;
    this.#waiting = new Promise<void>((resolve) => {
      done = resolve;
    });
    await turn;
    this.#release = done;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    await super.releaseConnection();
    release?.();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** Kysely dialect over one open better-sqlite3 handle with immediate, serialised transactions. Throws nothing. */
export function immediateDialect(database: Database): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ImmediateSqliteDriver({ database }),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
