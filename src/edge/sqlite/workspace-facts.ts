import type { Kysely } from 'kysely';

import type { ActRecord } from '../../exchange/acts/act-record.ts';
import type { Clock } from '../../exchange/workspace/clock.ts';
import type { WorkspaceFacts } from '../../exchange/workspace/workspace-facts.ts';
import { appendAct } from './append-leaf.ts';
import { StoreFault } from './errors.ts';
import type { Tables } from './tables.ts';

const names = ['id', 'mode', 'signer', 'vkey'] as const;

/** Writes down what a new workspace is, with the first leaf of its log. */
export async function storeFacts(
  db: Kysely<Tables>,
  clock: Clock,
  facts: WorkspaceFacts,
  act: ActRecord,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = names.map((name) => ({ name, value: facts[name] }));
    await trx.insertInto('workspace').values(rows).execute();
    await appendAct(trx, act, clock);
  });
}

/** Throws `store-missing` for a database that `init` never finished. */
export async function loadFacts(db: Kysely<Tables>): Promise<WorkspaceFacts> {
  const rows = await db.selectFrom('workspace').selectAll().execute();
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const [id, mode, signer, vkey] = names.map((name) => values.get(name));
  const isMode = mode === 'live' || mode === 'drill';
  if (id === undefined || !isMode || signer === undefined || vkey === undefined) {
    throw new StoreFault('store-missing');
  }
  return { id, mode, signer, ...(await logKeys(db, vkey)) };
}

/** The key of `init` is the one that signs until the log tells of another. */
async function logKeys(
  db: Kysely<Tables>,
  first: string,
): Promise<Pick<WorkspaceFacts, 'vkey' | 'earlierKeys'>> {
  const rows = await db
    .selectFrom('own_key')
    .selectAll()
    .where('purpose', '=', 'log')
    .orderBy('number')
    .execute();
  const current = rows.at(-1);
  if (current === undefined) return { vkey: first };
  const earlierKeys = rows
    .slice(0, -1)
    .map(({ fingerprint: vkey }, at) => ({ vkey, followedAt: rows[at + 1]!.leaf! }));
  return { vkey: current.fingerprint, earlierKeys };
}
