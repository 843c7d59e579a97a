import type { Kysely, Transaction } from 'kysely';

import { arrivalTransitions } from '../../domain/arrivals/arrival-states.ts';
import type { Tables } from './tables.ts';

/**
 * Files that lie here and go with the incident: in quarantine, about a batch of it; and sources that were brought, read
 * for it and for no incident that is still kept.
 */
export async function arrivalsOf(db: Kysely<Tables>, incident: string): Promise<readonly string[]> {
  const answers = db
    .selectFrom('arrival')
    .innerJoin('batch', 'batch.id', 'arrival.batch')
    .select('arrival.id')
    .where('batch.incident', '=', incident)
    .where('arrival.state', 'in', arrivalTransitions.settle.from);
  const sources = db
    .selectFrom('arrival')
    .select('arrival.id')
    .where('way', '=', 'sources')
    .where('state', 'in', arrivalTransitions.clear.from)
    .where('sha256', 'in', digestsOf(db, incident));
  return (await answers.unionAll(sources).execute()).map(({ id }) => id);
}

/**
 * Settles and clears them, and takes the names that others gave from these and from all that was taken in. Returns the ids
 * of all of these: no bytes of them may lie here any more.
 */
export async function settleArrivalsOf(
  trx: Transaction<Tables>,
  incident: string,
  at: Date,
): Promise<readonly string[]> {
  const { settle, clear } = arrivalTransitions;
  const batches = trx.selectFrom('batch').select('id').where('incident', '=', incident);
  const change = trx.updateTable('arrival');
  await change
    .set({ state: settle.to, changed_at: at.getTime() })
    .where('batch', 'in', batches)
    .where('state', 'in', settle.from)
    .execute();
  const answers = await change
    .set({ name: '' })
    .where('batch', 'in', batches)
    .returning('id')
    .execute();
  const sources = change
    .where('way', '=', 'sources')
    .where('sha256', 'in', digestsOf(trx, incident));
  await sources
    .set({ state: clear.to, changed_at: at.getTime() })
    .where('state', 'in', clear.from)
    .execute();
  const brought = await sources.set({ name: '' }).returning('id').execute();
  return [...answers, ...brought].map(({ id }) => id);
}

/** Of sources that were read for this incident, and for none besides that was not purged. */
function digestsOf(db: Kysely<Tables>, incident: string) {
  const others = db
    .selectFrom('source')
    .innerJoin('handoff', 'handoff.id', 'source.handoff')
    .leftJoin('incident_purge', 'incident_purge.incident', 'handoff.incident')
    .select('source.sha256')
    .where('handoff.incident', '!=', incident)
    .where('incident_purge.incident', 'is', null);
  return db
    .selectFrom('source')
    .innerJoin('handoff', 'handoff.id', 'source.handoff')
    .select('source.sha256')
    .where('handoff.incident', '=', incident)
    .where('source.sha256', 'not in', others);
}
