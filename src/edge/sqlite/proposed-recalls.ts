import type { Kysely } from 'kysely';

import type { ProposedRecall } from '../../exchange/incident/amendments.ts';
import type { Tables } from './tables.ts';
import { toldByPrepare } from './told-by-prepare.ts';

/** States of batches from which there is nothing to recall. */
export const endedBadly = ['failed', 'expired', 'cancelled'];

/**
 * Recalls that somebody still has to settle, of one incident or of all: neither of a batch that ended badly, nor where a
 * later prepare met every card, nor of an incident whose purge began, whose pages tell nothing any more.
 */
export async function proposedRecalls(
  db: Kysely<Tables>,
  incident?: string,
): Promise<readonly ProposedRecall[]> {
  let query = db
    .selectFrom('recall_proposal')
    .innerJoin('batch', 'batch.id', 'recall_proposal.batch')
    .innerJoin('incident_version', 'incident_version.leaf', 'recall_proposal.leaf')
    .leftJoin('incident_purge', 'incident_purge.incident', 'batch.incident')
    .select(['recall_proposal.batch', 'recall_proposal.cards', 'recall_proposal.untold'])
    .select(['batch.incident', 'batch.handoff', 'batch.recipient', 'batch.cards as all'])
    .select('batch.subject')
    .select('batch.state')
    .select('incident_version.replaced_at as since')
    .where('recall_proposal.settled_leaf', 'is', null)
    .where('batch.state', 'not in', endedBadly)
    .where('incident_purge.leaf', 'is', null);
  if (incident !== undefined) query = query.where('batch.incident', '=', incident);
  const found: ProposedRecall[] = [];
  for (const { all, since, state, subject, ...row } of await query
    .orderBy('batch.first_reference')
    .execute()) {
    const told =
      row.untold > 0 ? await toldByPrepare(db, { ...row, state }, all, since) : undefined;
    const recall = { ...row, ...(subject === null ? {} : { subject }), ...told };
    if (recall.cards + recall.untold > 0) found.push(recall);
  }
  return found;
}
