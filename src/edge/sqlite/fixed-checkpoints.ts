import type { Kysely } from 'kysely';

import type { FixedCheckpoints } from '../../exchange/delivery/fixed-checkpoints.ts';
import type { Tables } from './tables.ts';

/** Checkpoints of batches in SQLite. The database takes none that the log did not sign. */
export class SqliteFixedCheckpoints implements FixedCheckpoints {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  fix(batch: string, size: number): Promise<string> {
    return this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('batch_checkpoint')
        .values({ batch, size })
        .onConflict((conflict) => conflict.column('batch').doNothing())
        .execute();
      const { note } = await trx
        .selectFrom('batch_checkpoint')
        .innerJoin('checkpoint', 'checkpoint.size', 'batch_checkpoint.size')
        .select('checkpoint.note')
        .where('batch', '=', batch)
        .executeTakeFirstOrThrow();
      return note;
    });
  }
}
