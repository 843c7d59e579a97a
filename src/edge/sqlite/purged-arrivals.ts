import type { Kysely, Transaction } from 'kysely';

import { arrivalTransitions } from '../../domain/arrivals/arrival-states.ts';
import type { Tables } from './tables.ts';

/** Files in quarantine that speak of a batch of the incident: their bytes lie here. */
export async function arrivalsOf(db: Kysely<Tables>, incident: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('arrival')
    .innerJoin('batch', 'batch.id', 'arrival.batch')
    .select('arrival.id')
    .where('batch.incident', '=', incident)
    .where('arrival.state', 'in', arrivalTransitions.settle.from)
    .execute();
  return rows.map(({ id }) => id);
}

/** Settles them, and takes the names that their recipients gave from these and from all that was taken in. */
export async function settleArrivalsOf(
  trx: Transaction<Tables>,
  incident: string,
  at: Date,
): Promise<void> {
  const { from, to } = arrivalTransitions.settle;
  const batches = trx.selectFrom('batch').select('id').where('incident', '=', incident);
  await trx
    .updateTable('arrival')
    .set({ state: to, changed_at: at.getTime() })
    .where('batch', 'in', batches)
    .where('state', 'in', from)
    .execute();
  await trx.updateTable('arrival').set({ name: '' }).where('batch', 'in', batches).execute();
}
