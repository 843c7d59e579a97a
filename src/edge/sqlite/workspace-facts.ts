import type { Kysely } from 'kysely';

import type { ActRecord } from '../../exchange/act-record.ts';
import type { Clock } from '../../exchange/clock.ts';
import type { WorkspaceFacts } from '../../exchange/workspace-facts.ts';
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
  return { id, mode, signer, vkey };
}
