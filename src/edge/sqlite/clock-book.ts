import type { Kysely } from 'kysely';

import { IncidentFault } from '../../domain/incident/errors.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { ClockBook, ClockEntry } from '../../exchange/incident/clock-book.ts';
import { appendAct } from './append-leaf.ts';
import { assertNotPurged } from './incident-purges.ts';
import type { Tables } from './tables.ts';

/** Start events and settled clocks in SQLite. */
export class SqliteClockBook implements ClockBook {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async add(entry: ClockEntry, act: ActRecord): Promise<void> {
    const { incident, subject, revision, outcome, at, officer, recordedAt } = entry;
    await this.#db.transaction().execute(async (trx) => {
      await assertNotPurged(trx, incident);
      const taken = await trx
        .selectFrom('clock_entry')
        .select('revision')
        .where('incident', '=', incident)
        .where('subject', '=', subject)
        .where('revision', '>=', revision)
        .executeTakeFirst();
      if (taken) throw new IncidentFault('clock-entry-changed', { incident, subject });
      await trx
        .insertInto('clock_entry')
        .values({
          ...{ incident, subject, revision, outcome, officer },
          at: at?.getTime() ?? null,
          recorded_at: recordedAt.getTime(),
        })
        .execute();
      await appendAct(trx, act, this.#clock);
    });
  }

  async entries(incident: string): Promise<readonly ClockEntry[]> {
    const rows = await this.#db
      .selectFrom('clock_entry')
      .selectAll()
      .where('incident', '=', incident)
      .orderBy('subject')
      .orderBy('revision')
      .execute();
    return rows.map(({ at, recorded_at: recordedAt, ...row }) => ({
      ...row,
      at: at === null ? undefined : new Date(at),
      recordedAt: new Date(recordedAt),
    }));
  }
}
