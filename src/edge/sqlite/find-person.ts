import type { Kysely } from 'kysely';

import { personTargets, type PersonTarget } from '../../domain/handoff/person-page.ts';
import type { Tables } from './tables.ts';

/**
 * Where the index of persons of a handoff leads under a tag. Reads the last page that begins before the tag, and those that
 * begin with it: rows of one tag may go on over pages.
 */
export async function findPerson(
  db: Kysely<Tables>,
  handoff: string,
  tag: Uint8Array,
): Promise<readonly PersonTarget[]> {
  const before = await db
    .selectFrom('person_page')
    .select('number')
    .where('handoff', '=', handoff)
    .where('first_tag', '<', tag)
    .orderBy('first_tag', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const pages = await db
    .selectFrom('person_page')
    .select('rows')
    .where('handoff', '=', handoff)
    .where('first_tag', '<=', tag)
    .where('number', '>=', before?.number ?? 0)
    .orderBy('number')
    .execute();
  return pages.flatMap(({ rows }) => personTargets(rows, tag));
}
