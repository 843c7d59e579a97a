import type { Kysely } from 'kysely';

import type { Clock } from '../../exchange/workspace/clock.ts';
import type { KeyWarning, KeyWarnings } from '../../exchange/keys/key-warnings.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

const markName = 'keys-seen';

/** Warnings about keys in SQLite. */
export class SqliteKeyWarnings implements KeyWarnings {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async wasSeen(mark: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('workspace')
      .select('value')
      .where('name', '=', markName)
      .executeTakeFirst();
    return row?.value === mark;
  }

  record(mark: string, warnings: readonly KeyWarning[]): Promise<number> {
    return this.#db.transaction().execute(async (trx) => {
      let added = 0;
      for (const { purpose, key, endsAt, days, act } of warnings) {
        const ends_at = endsAt.getTime();
        const known = await trx
          .selectFrom('key_warning')
          .select('leaf')
          .where('purpose', '=', purpose)
          .where('key', '=', key)
          .where('ends_at', '=', ends_at)
          .where('days', '=', days)
          .executeTakeFirst();
        if (known !== undefined) continue;
        const leaf = await appendAct(trx, act, this.#clock);
        await trx.insertInto('key_warning').values({ leaf, purpose, key, ends_at, days }).execute();
        added += 1;
      }
      await trx
        .insertInto('workspace')
        .values({ name: markName, value: mark })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: mark }))
        .execute();
      return added;
    });
  }
}
