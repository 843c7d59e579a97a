import type { Kysely } from 'kysely';

import { arrivalTransitions } from '../../domain/arrivals/arrival-states.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { SourceUse } from '../../domain/handoff/source-use.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { HandoffReport } from '../../exchange/handoff/handoff-register.ts';
import type { SourceRemovals } from '../../exchange/purge/source-removals.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** Removed sources in SQLite. */
export class SqliteSourceRemovals implements SourceRemovals {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async usesOf(sha256: string): Promise<readonly SourceUse[]> {
    const handoffs = await this.#db
      .selectFrom('handoff')
      .innerJoin('source', 'source.handoff', 'handoff.id')
      .select(['handoff.id', 'handoff.state', 'handoff.outcome', 'handoff.report'])
      .distinct()
      .where('source.sha256', '=', sha256)
      .orderBy('handoff.prepared_at')
      .execute();
    const uses: SourceUse[] = [];
    for (const { id, state, outcome, report } of handoffs) {
      const batches = await this.#db
        .selectFrom('batch')
        .select('state')
        .where('handoff', '=', id)
        .execute();
      uses.push({
        ...{ handoff: id, state, outcome: (outcome ?? undefined) as SourceUse['outcome'] },
        batches: batches.map((batch) => batch.state as DeliveryState),
        held: heldIn(report),
      });
    }
    return uses;
  }

  async isOfPurged(sha256: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('source')
      .innerJoin('handoff', 'handoff.id', 'source.handoff')
      .innerJoin('incident_purge', 'incident_purge.incident', 'handoff.incident')
      .select('incident_purge.incident')
      .where('source.sha256', '=', sha256)
      .executeTakeFirst();
    return row !== undefined;
  }

  async add(sha256: string, at: Date, act: ActRecord, brought?: string): Promise<void> {
    const { from, to } = arrivalTransitions.clear;
    await this.#db.transaction().execute(async (trx) => {
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .insertInto('source_removal')
        .values({ leaf, sha256, removed_at: at.getTime() })
        .execute();
      if (brought === undefined) return;
      await trx
        .updateTable('arrival')
        .set({ state: to, changed_at: at.getTime() })
        .where('id', '=', brought)
        .where('state', 'in', from)
        .execute();
    });
  }
}

/** Records that waited for a decision; those of a handoff that never came to a report are none yet, and it is not done. */
function heldIn(report: string | null): number {
  const held = report === null ? {} : (JSON.parse(report) as Pick<HandoffReport, 'held'>).held;
  return Object.values(held).reduce((sum, count) => sum + count, 0);
}
