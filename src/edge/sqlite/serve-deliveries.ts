import type { Kysely } from 'kysely';

import { DeliveryStateFault } from '../../domain/handoff/delivery-state-errors.ts';
import { serveActor } from '../../exchange/acts/serve-actor.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { ServeDeliveries } from '../../exchange/serve/serve-deliveries.ts';
import type { LeafClock } from './append-leaf.ts';
import { moveBatchIn } from './decision-rows.ts';
import type { Tables } from './tables.ts';

/** Deliveries by `serve`, in SQLite. */
export class SqliteServeDeliveries implements ServeDeliveries {
  readonly #db: Kysely<Tables>;
  readonly #clock: LeafClock;

  constructor(db: Kysely<Tables>, clock: LeafClock) {
    this.#db = db;
    this.#clock = clock;
  }

  async repeatsOf(batch: string): Promise<number | undefined> {
    const last = await this.#db
      .selectFrom('attempt')
      .select('outcome')
      .where('batch', '=', batch)
      .orderBy('number', 'desc')
      .executeTakeFirst();
    if (last?.outcome !== 'failed' || (await hasLaterList(this.#db, batch))) return undefined;
    const { repeats } = await this.#db
      .selectFrom('delivery_repeat')
      .select((eb) => eb.fn.countAll<number>().as('repeats'))
      .where('batch', '=', batch)
      .executeTakeFirstOrThrow();
    return repeats;
  }

  repeat(batch: string, at: Date, act: ActRecord): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      if (await hasLaterList(trx, batch)) {
        throw new DeliveryStateFault('state-forbids', { batch, state: 'failed', event: 'repeat' });
      }
      const move = { batch, from: 'failed', to: 'approved', at } as const;
      const leaf = await moveBatchIn(trx, this.#clock, move, act);
      await trx.insertInto('delivery_repeat').values({ leaf, batch, at: at.getTime() }).execute();
    });
  }

  async giveBackLeases(): Promise<void> {
    await this.#db
      .updateTable('batch')
      .set({ lease_until: null })
      .where('leased_by', '=', serveActor)
      .execute();
  }
}

/** Also one that is being made: it may hold the cards of this batch, which counted as not handed off when it was read. */
async function hasLaterList(db: Kysely<Tables>, batch: string): Promise<boolean> {
  const later = await db
    .selectFrom('batch')
    .innerJoin('handoff as own', 'own.id', 'batch.handoff')
    .innerJoin('handoff as later', 'later.incident', 'own.incident')
    .select('later.id')
    .where('batch.id', '=', batch)
    .whereRef('later.id', '<>', 'own.id')
    .whereRef('later.prepared_at', '>=', 'own.prepared_at')
    .executeTakeFirst();
  return later !== undefined;
}
