import type { Kysely, Transaction } from 'kysely';

import { noticeSteps } from '../../domain/notices/notice-steps.ts';
import type { NoticeStep } from '../../domain/notices/notice-steps.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { noticeKey } from '../../exchange/notices/notice-register.ts';
import type {
  ListedMerchant,
  NoticeEntry,
  NoticeRegister,
} from '../../exchange/notices/notice-register.ts';
import { assertNotPurged } from './incident-purges.ts';
import { appendAct } from './append-leaf.ts';
import { inStatements } from './rows-at-once.ts';
import type { Tables } from './tables.ts';

/** Who was told how, in SQLite. */
export class SqliteNoticeRegister implements NoticeRegister {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  add(
    incident: string,
    entries: readonly NoticeEntry[],
    act: (added: number) => ActRecord,
  ): Promise<number> {
    return this.#db.transaction().execute(async (trx) => {
      await assertNotPurged(trx, incident);
      let added = 0;
      for (const some of inStatements(entries)) {
        added += await insert(trx, incident, some);
      }
      await appendAct(trx, act(added), this.#clock);
      return added;
    });
  }

  async counts(
    incident: string,
    listed: ListedMerchant,
  ): Promise<Readonly<Record<NoticeStep, number>>> {
    const rows = await this.#db
      .selectFrom('notice')
      .select(['merchant', 'reference', 'step'])
      .distinct()
      .where('incident', '=', incident)
      .execute();
    const having = new Map(noticeSteps.map((step) => [step, new Set<string>()]));
    for (const { step, ...whose } of rows) {
      const merchant = listed(whose);
      if (merchant === undefined) continue;
      having.get(step as NoticeStep)?.add(noticeKey({ ...whose, merchant }));
    }
    return Object.fromEntries([...having].map(([step, keys]) => [step, keys.size])) as Record<
      NoticeStep,
      number
    >;
  }

  async latest(
    incident: string,
    listed: ListedMerchant,
  ): Promise<ReadonlyMap<string, NoticeEntry>> {
    const rows = await this.#db
      .selectFrom('notice')
      .select(['merchant', 'reference', 'step', 'at'])
      .where('incident', '=', incident)
      .orderBy('at')
      .execute();
    const latest = new Map<string, NoticeEntry>();
    for (const { step: word, at, ...recorded } of rows) {
      const merchant = listed(recorded);
      if (merchant === undefined) continue;
      const step = word as NoticeStep;
      const whose = { ...recorded, merchant };
      const key = noticeKey(whose);
      const before = latest.get(key);
      // Days stand for the moment where no time was given: of one day, what comes later in the list came later.
      const isLater = before?.at.getTime() !== at || placeOf(before.step) < placeOf(step);
      if (isLater) latest.set(key, { ...whose, step, at: new Date(at) });
    }
    return latest;
  }
}

async function insert(
  trx: Transaction<Tables>,
  incident: string,
  entries: readonly NoticeEntry[],
): Promise<number> {
  const rows = entries.map(({ merchant, reference, step, at }) => ({
    incident,
    merchant,
    reference,
    step,
    at: at.getTime(),
  }));
  const done = await trx
    .insertInto('notice')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0n);
}

function placeOf(step: NoticeStep): number {
  return noticeSteps.indexOf(step);
}
