import type { Kysely } from 'kysely';

import type { StoredCheckpoint } from '../../domain/audit/signed-roots.ts';
import type { StoredLeaf, TextRecord } from '../../domain/audit/verify-log.ts';
import type { NodePlace, ReadNode } from '../../domain/tlog/tree.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { firstOf } from '../../exchange/audit/first-of.ts';
import type { LogBook, NodeRun } from '../../exchange/audit/log-book.ts';
import { appendAct, logSize, nodeReader } from './append-leaf.ts';
import { checkpointsDown, checkpointsUp, textsNow } from './beside-leaves.ts';
import { firstStrayNode, leafRows, nodeRuns } from './log-pages.ts';
import { countedRefusal } from './refused-attempts.ts';
import type { Tables } from './tables.ts';

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

  nodesAt(level: number, count: number): AsyncIterable<NodeRun> {
    return nodeRuns(this.#db, level, count);
  }

  strayNode(): Promise<NodePlace | undefined> {
    return firstStrayNode(this.#db);
  }

  async addCheckpoint(size: number, root: Uint8Array, note: Uint8Array, at: Date): Promise<void> {
    await this.#db
      .insertInto('checkpoint')
      .values({ size, root, note: new TextDecoder().decode(note), signed_at: at.getTime() })
      .onConflict((conflict) => conflict.column('size').doNothing())
      .execute();
  }

  async checkpoints(from = 0): Promise<AsyncIterable<StoredCheckpoint>> {
    const newest = await firstOf(this.newestCheckpoints(Infinity));
    // A larger number is not read as it is stored, but rounded.
    const last = (newest?.size ?? 0) > Number.MAX_SAFE_INTEGER ? Infinity : newest?.size;
    return checkpointsUp(this.#db, from, last);
  }

  newestCheckpoints(upTo = Number.MAX_SAFE_INTEGER): AsyncIterable<StoredCheckpoint> {
    return checkpointsDown(this.#db, upTo);
  }

  async *leaves(from: number, to: number): AsyncGenerator<StoredLeaf> {
    for await (const { index, bytes, hash } of leafRows(this.#db, from, to)) {
      yield { index, bytes: bytes.slice(), hash: hash.slice() };
    }
  }

  passingLeaves(from: number, to: number): AsyncIterable<StoredLeaf> {
    return leafRows(this.#db, from, to);
  }

  textsFrom(from: number): Promise<AsyncIterable<TextRecord>> {
    return textsNow(this.#db, from);
  }

  async texts(): Promise<readonly TextRecord[]> {
    return this.#db.selectFrom('leaf_text').selectAll().orderBy('leaf').execute();
  }
}
