import type { Kysely } from 'kysely';

import type { Tables } from './tables.ts';

/**
 * Leaves with texts that are about the incident, a handoff or a batch of it; not those of the purge itself. Questions of
 * callers go with the rest, and are not among what a second officer signs: they come in every minute.
 */
export async function textLeavesOf(
  db: Kysely<Tables>,
  incident: string,
  { withQuestions }: { readonly withQuestions: boolean },
): Promise<number[]> {
  const ids = async (table: 'batch' | 'handoff'): Promise<string[]> =>
    (await db.selectFrom(table).select('id').where('incident', '=', incident).execute()).map(
      ({ id }) => id,
    );
  const own = new Set([incident, ...(await ids('batch')), ...(await ids('handoff'))]);
  const leaves = await db
    .selectFrom('leaf')
    .select(['number', 'bytes'])
    .where('number', 'in', db.selectFrom('leaf_text').select('leaf'))
    .orderBy('number')
    .execute();
  const decoder = new TextDecoder();
  return leaves
    .map(({ number, bytes }) => ({ number, leaf: JSON.parse(decoder.decode(bytes)) as LeafText }))
    .filter(({ leaf }) => withQuestions || leaf.act !== 'look-up')
    .filter(({ leaf }) => isAbout(leaf, own))
    .map(({ number }) => number);
}

interface LeafText {
  readonly act: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function isAbout({ act, data }: LeafText, own: ReadonlySet<string>): boolean {
  if (act === 'incident-purge-start') return false;
  const { incident, handoff, batch, handoffs, incidents } = data;
  const named = [
    incident,
    handoff,
    batch,
    ...(Array.isArray(handoffs) ? (handoffs as unknown[]) : []),
    ...(Array.isArray(incidents) ? (incidents as unknown[]) : []),
  ];
  return named.some((id) => typeof id === 'string' && own.has(id));
}
