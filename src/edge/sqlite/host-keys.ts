import type { Kysely } from 'kysely';

import { KeyLifeFault } from '../../domain/keys/errors.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { HostKey, HostKeys } from '../../exchange/pickup/pickup-book.ts';
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

  list(): Promise<readonly HostKey[]> {
    return listed(this.#db);
  }

  record({ number, fingerprint, state, madeAt }: HostKey, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const keys = await listed(trx);
      if (keys.some((key) => key.state === state)) {
        const shown = keys.find((key) => key.state === 'shown');
        throw new KeyLifeFault('key-still-retiring', {
          ...{ purpose: 'pickup', fingerprint: shown?.fingerprint ?? fingerprint },
        });
      }
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('host_key')
        .values({ number, fingerprint, state, leaf, made_at: madeAt.getTime() })
        .execute();
    });
  }

  turn(act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const next = (await listed(trx)).find(({ state }) => state === 'next');
      if (next === undefined) throw new KeyLifeFault('key-not-retiring', { purpose: 'pickup' });
      await appendAct(trx, act, this.#clock);
      // One after the other: there is never more than one that is shown.
      await trx
        .updateTable('host_key')
        .set({ state: 'retired' })
        .where('state', '=', 'shown')
        .execute();
      await trx
        .updateTable('host_key')
        .set({ state: 'shown' })
        .where('number', '=', next.number)
        .execute();
    });
  }
}

async function listed(db: Kysely<Tables>): Promise<readonly HostKey[]> {
  const rows = await db.selectFrom('host_key').selectAll().orderBy('number').execute();
  return rows.map(({ number, fingerprint, state, made_at }) => ({
    ...{ number, fingerprint, state },
    madeAt: new Date(made_at),
  }));
}
