import type { Kysely } from 'kysely';

import type { EscalationBook } from '../../exchange/serve/escalations.ts';
import { appendAct } from './append-leaf.ts';
import type { LeafClock } from './append-leaf.ts';
import type { Tables } from './tables.ts';

type Given = Parameters<EscalationBook['record']>[0];

/** Which escalations the log has, in SQLite. */
export class SqliteEscalationBook implements EscalationBook {
  readonly #db: Kysely<Tables>;
  readonly #clock: LeafClock;

  constructor(db: Kysely<Tables>, clock: LeafClock) {
    this.#db = db;
    this.#clock = clock;
  }

  record(escalations: Given): Promise<void> {
    return this.#db.transaction().execute(async (trx) => {
      for (const escalation of escalations) {
        const row = { ...rowOf(escalation), due_at: escalation.dueAt.getTime() };
        const known = await trx
          .selectFrom('escalation')
          .select('leaf')
          .where((eb) => eb.and(row))
          .executeTakeFirst();
        if (known !== undefined) continue;
        const leaf = await appendAct(trx, escalation.act, this.#clock);
        await trx
          .insertInto('escalation')
          .values({ leaf, ...row })
          .execute();
      }
    });
  }
}

/** Whose it is: `answer-overdue` of a batch, `clock-overdue` of one clock of an incident or merchant, or a recipient's. */
function rowOf(escalation: Given[number]): { kind: string; subject: string } {
  const { kind, incident, handoff, batch, clock, merchant, recipient, arrival } = escalation;
  const whole = incident === undefined ? [recipient, arrival] : [incident, handoff, batch];
  const parts = [...whole, clock, merchant].filter((part) => part !== undefined);
  return { kind, subject: parts.join(' ') };
}
