import type { Kysely, Transaction } from 'kysely';

import { KeyLifeFault } from '../../domain/keys/errors.ts';
import type { ActRecord } from '../../exchange/act-record.ts';
import type { Clock } from '../../exchange/clock.ts';
import type { OwnKey, OwnKeys } from '../../exchange/own-keys.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** Which of our SFTP keys are used, in SQLite. */
export class SqliteOwnKeys implements OwnKeys {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async list(): Promise<readonly OwnKey[]> {
    const rows = await this.#db.selectFrom('own_key').selectAll().orderBy('number').execute();
    return rows.map(({ number, fingerprint, state, made_at }) => ({
      ...{ number, fingerprint, state },
      madeAt: made_at === null ? undefined : new Date(made_at),
    }));
  }

  rotate(
    before: Pick<OwnKey, 'number' | 'fingerprint'>,
    next: { readonly number: number; readonly fingerprint: string; readonly madeAt: Date },
    act: ActRecord,
  ): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const old = await retiring(trx);
      if (old !== undefined) {
        const { fingerprint } = old;
        throw new KeyLifeFault('key-still-retiring', { purpose: 'sftp', fingerprint });
      }
      const leaf = await appendAct(trx, act, this.#clock);
      const { number, fingerprint } = before;
      const { numUpdatedRows } = await trx
        .updateTable('own_key')
        .set({ state: 'retiring' })
        .where('number', '=', number)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        await trx
          .insertInto('own_key')
          .values({ number, fingerprint, state: 'retiring', leaf: null, made_at: null })
          .execute();
      }
      await trx
        .insertInto('own_key')
        .values({
          ...{ number: next.number, fingerprint: next.fingerprint, state: 'in-use', leaf },
          made_at: next.madeAt.getTime(),
        })
        .execute();
    });
  }

  retire(number: number, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      if ((await retiring(trx))?.number !== number) {
        throw new KeyLifeFault('key-not-retiring', { purpose: 'sftp' });
      }
      await appendAct(trx, act, this.#clock);
      await trx
        .updateTable('own_key')
        .set({ state: 'retired' })
        .where('number', '=', number)
        .execute();
    });
  }
}

function retiring(
  trx: Transaction<Tables>,
): Promise<{ number: number; fingerprint: string } | undefined> {
  return trx
    .selectFrom('own_key')
    .select(['number', 'fingerprint'])
    .where('state', '=', 'retiring')
    .executeTakeFirst();
}
