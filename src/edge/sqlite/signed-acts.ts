import type { Kysely } from 'kysely';

import { isAboutIncident } from '../../domain/audit/about-incident.ts';
import type { IncidentIds } from '../../domain/audit/about-incident.ts';
import { incidentIds } from './incident-ids.ts';
import { leafIn } from './leaves-with-texts.ts';
import { leafRows } from './log-pages.ts';
import type { Tables } from './tables.ts';

/** What entries tell of the signed commands that left them, which they name by the digests of their statements. */
export interface SignedActs {
  /** The incident's own, by which `about` was found. */
  readonly own: IncidentIds;
  /** The number of the first entry that was not read. */
  readonly next: number;
  /** Commands of which an entry is about the incident. */
  readonly about: ReadonlySet<string>;
  readonly done: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
  /** Commands that began to purge an incident. */
  readonly purging: ReadonlySet<string>;
}

/**
 * Reads every entry, or those that came since `before` was read: a long log is read before the purge keeps others from
 * writing. Throws AuditFault `log-altered` at one that is no leaf.
 */
export async function signedActs(
  db: Kysely<Tables>,
  incident: string,
  before?: SignedActs,
): Promise<SignedActs> {
  const own = await incidentIds(db, incident);
  // An entry that was read before may be about a file that was found to be the incident's since.
  const known = before !== undefined && hasAll(before.own, own) ? before : undefined;
  const [about, done] = [new Set(known?.about), new Set(known?.done)];
  const [refused, purging] = [new Set(known?.refused), new Set(known?.purging)];
  let next = known?.next ?? 0;
  for await (const { index, bytes } of leafRows(db, next, Infinity)) {
    next = index + 1;
    const leaf = leafIn(bytes, index);
    const { signed } = leaf.data;
    if (typeof signed !== 'string') continue;
    if (leaf.act === 'incident-purge-start') purging.add(signed);
    if (leaf.result === 'done') done.add(signed);
    if (leaf.result === 'refused') refused.add(signed);
    if (isAboutIncident(leaf, own)) about.add(signed);
  }
  return { own, next, about, done, refused, purging };
}

function hasAll(known: IncidentIds, own: IncidentIds): boolean {
  return (['handoffs', 'batches', 'arrivals'] as const).every((each) =>
    [...own[each]].every((id) => known[each].has(id)),
  );
}
