import type { Kysely } from 'kysely';

import type { Tables } from './tables.ts';

/** Removes the truncated numbers that the batches of an incident keep for their review. The counts beside them stay. */
export async function removeSamples(trx: Kysely<Tables>, incident: string): Promise<void> {
  const batches = await trx
    .selectFrom('batch')
    .select(['id', 'issuers'])
    .where('incident', '=', incident)
    .execute();
  for (const { id, issuers } of batches) {
    const counted = JSON.parse(issuers) as readonly { readonly sample: readonly string[] }[];
    const bare = JSON.stringify(counted.map((each) => ({ ...each, sample: [] })));
    await trx.updateTable('batch').set({ issuers: bare }).where('id', '=', id).execute();
  }
}
