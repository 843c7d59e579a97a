import type { Kysely } from 'kysely';

import { encodeRestoredMark, parseRestoredMark } from '../../domain/backup/restored-mark.ts';
import type { RestoredMark } from '../../domain/backup/restored-mark.ts';
import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import { appendAct } from './append-leaf.ts';
import type { Tables } from './tables.ts';

const name = 'restored';

/** Writes down that this database came out of a backup. Of a copy of a copy the newest restoration counts. */
export async function storeRestoredMark(
  db: Kysely<Tables>,
  clock: Clock,
  mark: RestoredMark,
  act: ActRecord,
): Promise<void> {
  const value = encodeRestoredMark(mark);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('workspace')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    await appendAct(trx, act, clock);
  });
}

/** Undefined for a database that was never restored. Throws `restored-unchecked` for a mark that cannot be read. */
export async function loadRestoredMark(db: Kysely<Tables>): Promise<RestoredMark | undefined> {
  const row = await db
    .selectFrom('workspace')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? undefined : parseRestoredMark(row.value);
}

/** A recovered log is held against its own part of the anchor; what the backup was held against says nothing of it. */
export async function forgetRestoredMark(db: Kysely<Tables>): Promise<void> {
  await db.deleteFrom('workspace').where('name', '=', name).execute();
}
