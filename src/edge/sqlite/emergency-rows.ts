import type { Kysely, Selectable, Transaction } from 'kysely';

import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type {
  DeclaredEmergency,
  Emergencies,
  Emergency,
} from '../../exchange/delivery/emergencies.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

/** Emergencies in SQLite. */
export class SqliteEmergencies implements Emergencies {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async declare(declared: DeclaredEmergency, act: ActRecord): Promise<void> {
    const { handoff, officer, planSha256, declaredAt, dueAt } = declared;
    const { statement, signature, fingerprint } = declared;
    await this.#db.transaction().execute(async (trx) => {
      const open = await trx
        .selectFrom('emergency')
        .select('handoff')
        .where('is_open', '=', 1)
        .executeTakeFirst();
      if (open) throw new DecisionFault('emergency-open', { handoff: open.handoff });
      const row = await trx
        .selectFrom('handoff')
        .select('state')
        .where('id', '=', handoff)
        .executeTakeFirst();
      if (row?.state !== 'undecided') throw new DecisionFault('handoff-decided', { handoff });
      await trx
        .insertInto('emergency')
        .values({
          ...{ handoff, requester: officer, plan_sha256: planSha256 },
          ...{ statement, signature, fingerprint },
          ...{ declared_at: declaredAt.getTime(), due_at: dueAt.getTime() },
          ...{ is_open: 1, closed_at: null, overdue_leaf: null },
        })
        .execute();
      await trx
        .updateTable('batch')
        .set({ state: 'approved', changed_at: declaredAt.getTime() })
        .where('handoff', '=', handoff)
        .where('state', '=', 'built')
        .execute();
      await appendAct(trx, act, this.#clock);
    });
  }

  async open(): Promise<readonly Emergency[]> {
    const rows = await this.#db
      .selectFrom('emergency')
      .selectAll()
      .where('is_open', '=', 1)
      .orderBy('declared_at')
      .execute();
    const now = this.#clock.now();
    return rows.map((row) => emergencyOf(row, now));
  }

  async notice(handoff: string, act: ActRecord): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('emergency')
        .select('overdue_leaf')
        .where('handoff', '=', handoff)
        .where('is_open', '=', 1)
        .executeTakeFirst();
      if (row?.overdue_leaf !== null) return;
      const leaf = await appendAct(trx, act, this.#clock);
      await trx
        .updateTable('emergency')
        .set({ overdue_leaf: leaf })
        .where('handoff', '=', handoff)
        .execute();
    });
  }
}

/** Emergencies, open or not, by handoff: of one, or of all. */
export async function emergenciesByHandoff(
  db: Kysely<Tables>,
  now: Date,
  handoff?: string,
): Promise<ReadonlyMap<string, Emergency>> {
  let query = db.selectFrom('emergency').selectAll();
  if (handoff !== undefined) query = query.where('handoff', '=', handoff);
  const rows = await query.execute();
  return new Map(rows.map((row) => [row.handoff, emergencyOf(row, now)]));
}

/** The handoff was decided or withdrawn: it is one person's no longer. */
export async function closeEmergency(
  trx: Transaction<Tables>,
  handoff: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('emergency')
    .set({ is_open: 0, closed_at: at.getTime() })
    .where('handoff', '=', handoff)
    .where('is_open', '=', 1)
    .execute();
}

function emergencyOf(row: Selectable<Tables['emergency']>, now: Date): Emergency {
  return {
    handoff: row.handoff,
    officer: row.requester,
    declaredAt: new Date(row.declared_at),
    dueAt: new Date(row.due_at),
    closedAt: row.closed_at === null ? undefined : new Date(row.closed_at),
    isOverdue: (row.closed_at ?? now.getTime()) > row.due_at,
    isNoticed: row.overdue_leaf !== null,
    statement: new Uint8Array(row.statement),
    signature: new Uint8Array(row.signature),
    fingerprint: row.fingerprint,
  };
}
