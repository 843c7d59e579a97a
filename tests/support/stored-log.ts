import type { Kysely } from 'kysely';

import type { Tables } from '../../src/edge/sqlite/tables.ts';
import type { TestLog } from './audit-log.ts';

/** Puts a log made in memory into a database, as whoever can write the file could: nothing is checked. */
export async function storeLog(db: Kysely<Tables>, log: TestLog): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { index: number, bytes, hash } of log.leaves) {
      await trx.insertInto('leaf').values({ number, bytes, hash }).execute();
    }
    for (const [name, hash] of log.nodes) {
      const [level, number] = name.split('/').map(Number);
      await trx.insertInto('node').values({ level: level!, number: number!, hash }).execute();
    }
    for (const { size, root, note } of log.checkpoints) {
      const values = { size, root, note: new TextDecoder().decode(note), signed_at: 0 };
      await trx.insertInto('checkpoint').values(values).execute();
    }
  });
}
