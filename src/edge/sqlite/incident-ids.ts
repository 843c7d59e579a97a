import type { Kysely } from 'kysely';

import type { IncidentIds } from '../../domain/audit/about-incident.ts';
import type { Tables } from './tables.ts';

/** What an incident and its own are called in the log; of an unknown one only its id. */
export async function incidentIds(db: Kysely<Tables>, incident: string): Promise<IncidentIds> {
  const batches = db.selectFrom('batch').select('id').where('incident', '=', incident);
  const handoffs = db.selectFrom('handoff').select('id').where('incident', '=', incident);
  const sources = db.selectFrom('source').select('sha256').where('handoff', 'in', handoffs);
  const arrivals = db
    .selectFrom('arrival')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('batch', 'in', batches),
        eb.and([eb('way', '=', 'sources'), eb('sha256', 'in', sources)]),
      ]),
    );
  return {
    incident,
    handoffs: await setOf(handoffs),
    batches: await setOf(batches),
    arrivals: await setOf(arrivals),
  };
}

/** All of these of every incident, or of those that were or are being purged. */
export async function everyId(
  db: Kysely<Tables>,
  { purged }: { readonly purged: boolean },
): Promise<ReadonlySet<string>> {
  const incidents = purged
    ? db.selectFrom('incident_purge').select('incident')
    : db.selectFrom('incident').select('id as incident');
  const all = new Set<string>();
  for (const { incident } of await incidents.execute()) {
    const { handoffs, batches, arrivals } = await incidentIds(db, incident);
    for (const id of [incident, ...handoffs, ...batches, ...arrivals]) all.add(id);
  }
  return all;
}

async function setOf(query: {
  execute(): Promise<readonly { readonly id: string }[]>;
}): Promise<ReadonlySet<string>> {
  return new Set((await query.execute()).map(({ id }) => id));
}
