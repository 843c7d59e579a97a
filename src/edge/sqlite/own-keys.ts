import type { Kysely, Transaction } from 'kysely';

import { KeyLifeFault } from '../../domain/keys/errors.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { NextOwnKey, OwnKey, OwnKeyPurpose, OwnKeys } from '../../exchange/keys/own-keys.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** Which of our keys are used, in SQLite. */
export class SqliteOwnKeys implements OwnKeys {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async list(purpose: OwnKeyPurpose): Promise<readonly OwnKey[]> {
    const rows = await this.#db
      .selectFrom('own_key')
      .selectAll()
      .where('purpose', '=', purpose)
      .orderBy('number')
      .execute();
    return rows.map(({ number, fingerprint, state, made_at }) => ({
      ...{ number, fingerprint, state },
      madeAt: made_at === null ? undefined : new Date(made_at),
    }));
  }

  rotate(
    purpose: OwnKeyPurpose,
    before: Pick<OwnKey, 'number' | 'fingerprint'>,
    next: NextOwnKey,
    act: ActRecord,
  ): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const old = await retiring(trx, purpose);
      if (old !== undefined) {
        const { fingerprint } = old;
        throw new KeyLifeFault('key-still-retiring', { purpose, fingerprint });
      }
      const { number, fingerprint } = before;
      await assertInUse(trx, purpose, before);
      const leaf = await appendAct(trx, act, this.#clock);
      const { numUpdatedRows } = await trx
        .updateTable('own_key')
        .set({ state: 'retiring' })
        .where('purpose', '=', purpose)
        .where('number', '=', number)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        await trx
          .insertInto('own_key')
          .values({ purpose, number, fingerprint, state: 'retiring', leaf: null, made_at: null })
          .execute();
      }
      await trx
        .insertInto('own_key')
        .values({
          ...{ purpose, number: next.number, fingerprint: next.fingerprint, state: 'in-use', leaf },
          made_at: next.madeAt.getTime(),
        })
        .execute();
    });
  }

  retire(purpose: OwnKeyPurpose, number: number, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      if ((await retiring(trx, purpose))?.number !== number) {
        throw new KeyLifeFault('key-not-retiring', { purpose });
      }
      await appendAct(trx, act, this.#clock);
      await trx
        .updateTable('own_key')
        .set({ state: 'retired' })
        .where('purpose', '=', purpose)
        .where('number', '=', number)
        .execute();
    });
  }
}

/** Another command may have replaced and retired it since it was looked at. Throws `key-retired`. */
async function assertInUse(
  trx: Transaction<Tables>,
  purpose: OwnKeyPurpose,
  { number, fingerprint }: Pick<OwnKey, 'number' | 'fingerprint'>,
): Promise<void> {
  const row = await trx
    .selectFrom('own_key')
    .select('state')
    .where('purpose', '=', purpose)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined || row.state === 'in-use') return;
  throw new KeyLifeFault('key-retired', { purpose, fingerprint });
}

function retiring(
  trx: Transaction<Tables>,
  purpose: OwnKeyPurpose,
): Promise<{ number: number; fingerprint: string } | undefined> {
  return trx
    .selectFrom('own_key')
    .select(['number', 'fingerprint'])
    .where('purpose', '=', purpose)
    .where('state', '=', 'retiring')
    .executeTakeFirst();
}
