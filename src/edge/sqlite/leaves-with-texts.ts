import type { Kysely } from 'kysely';

import { isAboutIncident } from '../../domain/audit/about-incident.ts';
import { AuditFault } from '../../domain/audit/errors.ts';
import { parseLeaf } from '../../domain/audit/leaf.ts';
import type { Leaf } from '../../domain/audit/leaf.ts';
import { incidentIds } from './incident-ids.ts';
import type { Tables } from './tables.ts';

/**
 * Leaves with texts that are about the incident; not those of the purge itself, nor what was said with signed commands.
 * Questions of callers go with the rest, and are not among what a second officer signs: they come in every minute.
 * Throws AuditFault `log-altered`.
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
    .map(({ number, bytes }) => ({ number, leaf: leafIn(bytes, number) }))
    .filter(({ leaf }) => withQuestions || leaf.act !== 'look-up')
    .filter(({ leaf }) => leaf.act !== 'incident-purge-start' && isAboutIncident(leaf, own))
    .map(({ number }) => number);
}

/**
 * The entry `index` as the store has it. Whoever writes to the file chooses the bytes. Throws AuditFault `log-altered` where
 * they are no leaf; there are none where an entry is longer than any may be.
 */
export function leafIn(bytes: Uint8Array, index: number): Leaf {
  try {
    return parseLeaf(bytes);
  } catch (error) {
    throw new AuditFault('log-altered', { index }, error);
  }
}
