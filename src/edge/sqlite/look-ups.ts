import type { Kysely } from 'kysely';

import { assertMayAsk } from '../../domain/lookup/question-rate.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { Asker, LookUps } from '../../exchange/lookup/look-ups.ts';
import { appendAct } from './append-leaf.ts';
import { assertNotPurged } from './incident-purges.ts';
import type { Tables } from './tables.ts';

/** Questions that were answered, in SQLite. */
export class SqliteLookUps implements LookUps {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  askedSince(asker: Asker, since: Date): Promise<readonly number[]> {
    return askedSince(this.#db, asker, since);
  }

  async add(at: Date, since: Date, incidents: readonly string[], act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      // A purge may have gone by while the caller was asked: its incident's answer and reason are not to be kept.
      for (const incident of incidents) await assertNotPurged(trx, incident);
      assertMayAsk(await askedSince(trx, act.draft, since));
      const { actor, origin } = act.draft;
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('look_up')
        .values({ leaf, officer: actor, origin, asked_at: at.getTime() })
        .execute();
    });
  }
}

async function askedSince(
  db: Kysely<Tables>,
  { actor, origin }: Asker,
  since: Date,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('look_up')
    .select('asked_at')
    .where((eb) => eb.or([eb('officer', '=', actor), eb('origin', '=', origin)]))
    .where('asked_at', '>', since.getTime())
    .orderBy('asked_at')
    .execute();
  return rows.map((row) => row.asked_at);
}
