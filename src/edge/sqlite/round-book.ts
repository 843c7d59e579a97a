import type { Kysely } from 'kysely';

import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { LastRun, RoundBook } from '../../exchange/serve/run-rounds.ts';
import { appendAct } from './append-leaf.ts';
import type { LeafClock } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** How the rounds of `serve` went, in SQLite. */
export class SqliteRoundBook implements RoundBook {
  readonly #db: Kysely<Tables>;
  readonly #clock: LeafClock;

  constructor(db: Kysely<Tables>, clock: LeafClock) {
    this.#db = db;
    this.#clock = clock;
  }

  ran(
    round: string,
    at: Date,
    failed?: { readonly code: string; readonly act: ActRecord },
  ): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const known = await trx
        .selectFrom('serve_round')
        .select(['code', 'leaf'])
        .where('name', '=', round)
        .executeTakeFirst();
      const code = failed?.code ?? null;
      const isTold = code === null || known?.code === code;
      const leaf = isTold ? (known?.leaf ?? null) : await appendAct(trx, failed!.act, this.#clock);
      const values = { ran_at: at.getTime(), code, leaf: code === null ? null : leaf };
      await trx
        .insertInto('serve_round')
        .values({ name: round, ...values })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
        .execute();
    });
  }

  async last(): Promise<readonly LastRun[]> {
    const rows = await this.#db.selectFrom('serve_round').selectAll().orderBy('name').execute();
    return rows.map(({ name, ran_at, code }) => ({
      round: name,
      at: new Date(ran_at),
      code: code ?? undefined,
    }));
  }

  async began(mark: string | undefined): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('serve_process').execute();
      if (mark !== undefined) await trx.insertInto('serve_process').values({ mark }).execute();
    });
  }

  async begunBy(): Promise<string | undefined> {
    const row = await this.#db.selectFrom('serve_process').select('mark').executeTakeFirst();
    return row?.mark;
  }

  async ended(): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('serve_round').execute();
      await trx.deleteFrom('serve_process').execute();
    });
  }
}
