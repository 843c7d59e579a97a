import type { Kysely } from 'kysely';

import type { StoredCheckpoint, StoredLeaf, TextRecord } from '../../domain/audit/verify-log.ts';
import type { NodePlace, ReadNode } from '../../domain/tlog/tree.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { LogBook, StoredNode } from '../../exchange/audit/log-book.ts';
import { appendAct, logSize, nodeReader } from './append-leaf.ts';
import { countedRefusal } from './refused-attempts.ts';
import type { Tables } from './tables.ts';

/** Leaves read at a time: bounded memory on a long log. */
const rowsPerRead = 1000;
/** The same for nodes, which are 32 bytes each. */
const nodesPerRead = 8192;

/** The log in SQLite. */
export class SqliteLogBook implements LogBook {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  append(act: ActRecord, change?: () => Promise<unknown>): Promise<number> {
    return this.#db.transaction().execute(async (trx) => {
      const isRefusal = act.draft.act === 'permission-refused';
      const draft = isRefusal ? await countedRefusal(trx, act.draft, this.#clock.now()) : act.draft;
      if (draft === undefined) return (await logSize(trx)) - 1;
      const number = await appendAct(trx, { ...act, draft }, this.#clock);
      await change?.();
      return number;
    });
  }

  size(): Promise<number> {
    return logSize(this.#db);
  }

  nodes(places: readonly NodePlace[]): Promise<ReadNode> {
    return nodeReader(this.#db, places);
  }

  async counted(): Promise<number> {
    const row = await this.#db
      .selectFrom('node')
      .select((eb) => eb.fn.max('number').as('last'))
      .where('level', '=', 0)
      .executeTakeFirst();
    return row?.last == null ? 0 : row.last + 1;
  }

  async *nodesAt(level: number, count: number): AsyncGenerator<readonly StoredNode[]> {
    for (let start = 0; start < count; start += nodesPerRead) {
      yield await this.#db
        .selectFrom('node')
        .select(['number as index', 'hash as bytes'])
        .where('level', '=', level)
        .where('number', '>=', start)
        .where('number', '<', Math.min(count, start + nodesPerRead))
        .orderBy('number')
        .execute();
    }
  }

  async addCheckpoint(size: number, root: Uint8Array, note: Uint8Array, at: Date): Promise<void> {
    await this.#db
      .insertInto('checkpoint')
      .values({ size, root, note: new TextDecoder().decode(note), signed_at: at.getTime() })
      .onConflict((conflict) => conflict.column('size').doNothing())
      .execute();
  }

  async checkpoints(): Promise<readonly StoredCheckpoint[]> {
    const rows = await this.#db.selectFrom('checkpoint').selectAll().orderBy('size').execute();
    return rows.map(({ size, root, note }) => ({
      size,
      root: new Uint8Array(root),
      note: new TextEncoder().encode(note),
    }));
  }

  async *leaves(from: number, to: number): AsyncGenerator<StoredLeaf> {
    for (let start = from; start < to; start += rowsPerRead) {
      const rows = await this.#db
        .selectFrom('leaf')
        .selectAll()
        .where('number', '>=', start)
        .where('number', '<', Math.min(to, start + rowsPerRead))
        .orderBy('number')
        .execute();
      for (const row of rows) {
        yield { index: row.number, bytes: viewOf(row.bytes), hash: viewOf(row.hash) };
      }
    }
  }

  async texts(): Promise<readonly TextRecord[]> {
    return this.#db.selectFrom('leaf_text').selectAll().orderBy('leaf').execute();
  }
}

/** The same bytes, as what a reader expects: SQLite gives each value memory of its own. */
function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
