import type { Kysely } from 'kysely';

import { isAboutIncident } from '../../domain/audit/about-incident.ts';
import type { Leaf } from '../../domain/audit/leaf.ts';
import { incidentIds } from './incident-ids.ts';
import type { Tables } from './tables.ts';

/**
 * Leaves with texts that are about the incident; not those of the purge itself, nor what was said with signed commands.
 * Questions of callers go with the rest, and are not among what a second officer signs: they come in every minute.
 */
export async function textLeavesOf(
  db: Kysely<Tables>,
  incident: string,
  { withQuestions }: { readonly withQuestions: boolean },
): Promise<number[]> {
  const own = await incidentIds(db, incident);
  const leaves = await db
    .selectFrom('leaf')
    .select(['number', 'bytes'])
    .where('number', 'in', db.selectFrom('leaf_text').select('leaf'))
    .orderBy('number')
    .execute();
  return leaves
    .map(({ number, bytes }) => ({ number, leaf: leafIn(bytes) }))
    .filter(({ leaf }) => withQuestions || leaf.act !== 'look-up')
    .filter(({ leaf }) => leaf.act !== 'incident-purge-start' && isAboutIncident(leaf, own))
    .map(({ number }) => number);
}

/** A leaf as it was stored here. */
export function leafIn(bytes: Uint8Array): Leaf {
  return JSON.parse(new TextDecoder().decode(bytes)) as Leaf;
}
