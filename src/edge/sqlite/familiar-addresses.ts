import type { Kysely } from 'kysely';

import { FAMILIAR_ADDRESSES_MAX } from '../../exchange/pickup/pickup-book.ts';
import type { FamiliarAddresses } from '../../exchange/pickup/pickup-book.ts';
import type { Tables } from './tables.ts';

/** Addresses from which somebody logged in, in SQLite. They prove nothing, and have no leaf. */
export class SqliteFamiliarAddresses implements FamiliarAddresses {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  add(address: string): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      const { last } = await trx
        .selectFrom('familiar_address')
        .select((eb) => eb.fn.max<number | null>('place').as('last'))
        .executeTakeFirstOrThrow();
      const place = (last ?? 0) + 1;
      await trx
        .insertInto('familiar_address')
        .values({ address, place })
        .onConflict((conflict) => conflict.column('address').doUpdateSet({ place }))
        .execute();
      const kept = trx
        .selectFrom('familiar_address')
        .select('address')
        .orderBy('place', 'desc')
        .limit(FAMILIAR_ADDRESSES_MAX);
      await trx.deleteFrom('familiar_address').where('address', 'not in', kept).execute();
    });
  }

  async list(): Promise<readonly string[]> {
    const rows = this.#db.selectFrom('familiar_address').select('address').orderBy('place');
    return (await rows.execute()).map(({ address }) => address);
  }
}
