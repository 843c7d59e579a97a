import type { Kysely, Selectable } from 'kysely';

import type { ArrivalWay } from '../../domain/arrivals/arrival-limits.ts';
import { arrivalTransitions, lyingHere } from '../../domain/arrivals/arrival-states.ts';
import type { ArrivalState } from '../../domain/arrivals/arrival-states.ts';
import type { BroughtFolder } from '../../domain/pickup/box-path.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import { REFUSALS_KEPT_MAX } from '../../exchange/arrivals/arrival-book.ts';
import type {
  Arrival,
  ArrivalBook,
  ArrivalMove,
  NewArrival,
  RefusedArrival,
} from '../../exchange/arrivals/arrival-book.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** Of what does not wait any more: a client looks at what it brought, and not at last year's. */
const SHOWN_MAX = 100;

/** Files that were brought, in SQLite. */
export class SqliteArrivalBook implements ArrivalBook {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  add(arrival: NewArrival, act: ActRecord): Promise<boolean> {
    const { arrivedAt, clearBytes, ...row } = arrival;
    const at = arrivedAt.getTime();
    return this.#db.transaction().execute(async (trx) => {
      const known = await trx
        .selectFrom('arrival')
        .leftJoin('batch', 'batch.id', 'arrival.batch')
        .leftJoin('incident_purge', 'incident_purge.incident', 'batch.incident')
        .select(['arrival.id', 'incident_purge.incident as purged'])
        .where('arrival.recipient', '=', row.recipient)
        .where('arrival.sha256', '=', row.sha256)
        .where('arrival.way', 'in', sameKind(row.way))
        .where('arrival.state', 'not in', gone)
        .executeTakeFirst();
      if (known !== undefined) {
        const { id, purged } = known;
        const renamed = trx.updateTable('arrival').set({ name: row.name }).where('id', '=', id);
        // Of an incident that was purged no name comes back.
        if (purged === null) await renamed.execute();
        return false;
      }
      const leaf = await appendAct(trx, act, this.#clock);
      const values = {
        ...row,
        ...({ state: 'arrived', code: null, batch: null, key: row.key ?? null } as const),
        ...{ leaf, clear_bytes: clearBytes ?? null, arrived_at: at, changed_at: at, deaths: 0 },
      };
      // Of one that was settled or cleared the bytes are gone: brought again, it is taken in anew.
      const again = await trx
        .updateTable('arrival')
        .set(values)
        .where('recipient', '=', row.recipient)
        .where('sha256', '=', row.sha256)
        .where('way', 'in', sameKind(row.way))
        .executeTakeFirst();
      if (again.numUpdatedRows === 0n) await trx.insertInto('arrival').values(values).execute();
      return true;
    });
  }

  async get(id: string): Promise<Arrival | undefined> {
    const row = await this.#rows().where('id', '=', id).executeTakeFirst();
    return row && arrivalOf(row);
  }

  async inState(state: ArrivalState, recipient?: string): Promise<readonly Arrival[]> {
    let query = this.#rows()
      .where('state', '=', state)
      .where('way', '!=', 'sources')
      .orderBy('leaf');
    if (recipient !== undefined) query = query.where('recipient', '=', recipient);
    return (await query.execute()).map(arrivalOf);
  }

  async sources(): Promise<readonly Arrival[]> {
    const rows = this.#rows().where('way', '=', 'sources').where('state', '=', 'arrived');
    return (await rows.orderBy('leaf').execute()).map(arrivalOf);
  }

  async broughtInto(folder: BroughtFolder, box: string): Promise<readonly Arrival[]> {
    const mine = this.#rows().where('recipient', '=', box).where('way', '=', folder);
    const waiting = await mine.where('state', '=', 'arrived').orderBy('leaf').execute();
    const others = await mine
      .where('state', '!=', 'arrived')
      // Of an incident that was purged no name is left.
      .where('name', '!=', '')
      .orderBy('changed_at', 'desc')
      .limit(SHOWN_MAX)
      .execute();
    return [...waiting, ...others].map(arrivalOf);
  }

  async lying(
    recipient: string,
    way: ArrivalWay,
  ): Promise<{ readonly files: number; readonly bytes: number }> {
    const { files, bytes } = await this.#db
      .selectFrom('arrival')
      .select((eb) => [
        eb.fn.countAll<number>().as('files'),
        eb.fn.sum<number | null>('bytes').as('bytes'),
      ])
      .where('recipient', '=', recipient)
      .where('way', 'in', sameKind(way))
      .where('state', 'in', lyingHere)
      .executeTakeFirstOrThrow();
    // Of no rows SQLite has no sum.
    return { files, bytes: bytes ?? 0 };
  }

  rename(folder: BroughtFolder, box: string, from: string, to: string): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const called = trx
        .selectFrom('arrival')
        .select('id')
        .where('recipient', '=', box)
        .where('way', '=', folder)
        .where('name', '=', from);
      const [waiting, ...more] = await called.where('state', '=', 'arrived').execute();
      // Of two nobody knows which one is meant.
      if (more.length > 0) return false;
      // Clients write under another name and rename: what they wrote may have been taken in between the two.
      const found =
        waiting ??
        (await called
          .where('state', '!=', 'arrived')
          .orderBy('changed_at', 'desc')
          .executeTakeFirst());
      if (found === undefined) return false;
      await trx.updateTable('arrival').set({ name: to }).where('id', '=', found.id).execute();
      return true;
    });
  }

  async died(id: string): Promise<number> {
    const { deaths } = await this.#db
      .updateTable('arrival')
      .set((eb) => ({ deaths: eb('deaths', '+', 1) }))
      .where('id', '=', id)
      .returning('deaths')
      .executeTakeFirstOrThrow();
    return deaths;
  }

  move(id: string, { event, code, batch }: ArrivalMove, act?: ActRecord): Promise<boolean> {
    const { from, to } = arrivalTransitions[event];
    return this.#db.transaction().execute(async (trx) => {
      const moved = await trx
        .updateTable('arrival')
        .set({
          ...(code === undefined ? {} : { code }),
          ...(batch === undefined ? {} : { batch }),
          ...{ state: to, changed_at: this.#clock.now().getTime() },
        })
        .where('id', '=', id)
        .where('state', 'in', from)
        .executeTakeFirst();
      const isMoved = moved.numUpdatedRows > 0n;
      if (isMoved && act !== undefined) await appendAct(trx, act, this.#clock);
      return isMoved;
    });
  }

  async refuse({ refusedAt, ...refusal }: RefusedArrival, act: ActRecord): Promise<void> {
    const { recipient, way, name, code } = refusal;
    await this.#db.transaction().execute(async (trx) => {
      const open = await trx
        .selectFrom('refused_arrival')
        .select(['name', 'code', 'settled_leaf'])
        .where('recipient', '=', recipient)
        .where('way', '=', way)
        .where((eb) => eb.or([eb('settled_leaf', 'is', null), eb('is_there', '=', 1)]))
        .execute();
      const isKnown = open.some((each) => each.name === name && each.code === code);
      const standing = open.filter(({ settled_leaf: settled }) => settled === null);
      if (isKnown || standing.length >= REFUSALS_KEPT_MAX) return;
      const leaf = await appendAct(trx, act, this.#clock);
      const row = {
        ...refusal,
        leaf,
        refused_at: refusedAt.getTime(),
        settled_leaf: null,
        is_there: way === 'directory' ? 1 : 0,
      };
      await trx.insertInto('refused_arrival').values(row).execute();
    });
  }

  async forgetGone(
    recipient: string,
    there: readonly { readonly name: string; readonly code: string }[],
  ): Promise<void> {
    const seen = new Set(there.map(({ name, code }) => `${code} ${name}`));
    await this.#db.transaction().execute(async (trx) => {
      const rows = await trx
        .selectFrom('refused_arrival')
        .select(['id', 'name', 'code'])
        .where('recipient', '=', recipient)
        .where('is_there', '=', 1)
        .execute();
      for (const { id } of rows.filter(({ name, code }) => !seen.has(`${code} ${name}`))) {
        await trx
          .updateTable('refused_arrival')
          .set({ is_there: 0 })
          .where('id', '=', id)
          .execute();
      }
    });
  }

  async refusals(): Promise<readonly RefusedArrival[]> {
    const rows = await this.#db
      .selectFrom('refused_arrival')
      .selectAll()
      .where('settled_leaf', 'is', null)
      .orderBy('leaf')
      .execute();
    return rows.map(({ id, recipient, way, name, code, refused_at }) => ({
      ...{ id, recipient, way, name, code, refusedAt: new Date(refused_at) },
    }));
  }

  settleRefusal(id: string, act: ActRecord): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const open = await trx
        .selectFrom('refused_arrival')
        .select('id')
        .where('id', '=', id)
        .where('settled_leaf', 'is', null)
        .executeTakeFirst();
      if (open === undefined) return false;
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .updateTable('refused_arrival')
        .set({ settled_leaf: leaf })
        .where('id', '=', id)
        .execute();
      return true;
    });
  }

  #rows() {
    return this.#db.selectFrom('arrival').selectAll();
  }
}

/** States in which the same bytes are taken in anew. */
const gone = ['settled', 'cleared'] as const satisfies readonly ArrivalState[];

/** The ways that bring what this one brings: sources have one of their own. */
function sameKind(way: ArrivalWay): readonly ArrivalWay[] {
  return way === 'sources' ? ['sources'] : ['inbox', 'directory'];
}

function arrivalOf(row: Selectable<Tables['arrival']>): Arrival {
  const { id, recipient, name, sha256, bytes, state, code, batch, arrived_at: at } = row;
  return {
    ...{ id, recipient, way: row.way, key: row.key ?? undefined, name, sha256, bytes, state },
    ...{ code: code ?? undefined, batch: batch ?? undefined, arrivedAt: new Date(at) },
    clearBytes: row.clear_bytes ?? undefined,
  };
}
