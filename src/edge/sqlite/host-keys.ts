import type { Kysely } from 'kysely';

import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { HostKeys } from '../../exchange/pickup/pickup-book.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** Which key the pickup server shows, in SQLite. */
export class SqliteHostKeys implements HostKeys {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async current(): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('host_key')
      .select('fingerprint')
      .orderBy('leaf', 'desc')
      .executeTakeFirst();
    return row?.fingerprint;
  }

  record(fingerprint: string, at: Date, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('host_key')
        .values({ fingerprint, leaf, made_at: at.getTime() })
        .execute();
    });
  }
}
