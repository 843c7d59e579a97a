import type { Kysely } from 'kysely';

import { openCards } from '../../domain/recalls/proposed-cards.ts';
import type { ProposedCards, RecalledOf } from '../../domain/recalls/proposed-cards.ts';
import { countRuns } from '../../domain/recalls/recalled-runs.ts';
import type { ProposedRecall } from '../../exchange/incident/amendments.ts';
import { recallsByBatch } from './recalled-cards.ts';
import type { RecallOfBatch } from './recalled-cards.ts';
import type { Tables } from './tables.ts';
import { toldByPrepare } from './told-by-prepare.ts';
import type { ToldCards } from './told-by-prepare.ts';

/** States of batches from which there is nothing to recall. */
export const endedBadly = ['failed', 'expired', 'cancelled'];

/**
 * Recalls that somebody still has to settle, of one incident or of all: neither of a batch that ended badly, nor where a
 * later prepare met every card, nor cards that stand recalled, nor of an incident whose purge began, whose pages tell
 * nothing any more.
 */
export async function proposedRecalls(
  db: Kysely<Tables>,
  incident?: string,
): Promise<readonly ProposedRecall[]> {
  const found: ProposedRecall[] = [];
  for (const { places: _, ...recall } of await openProposals(db, incident)) found.push(recall);
  return found;
}

/** Which cards of a batch are proposed, ascending; undefined where no prepare since the amendment tells it. */
export async function proposedPlaces(
  db: Kysely<Tables>,
  batch: string,
): Promise<readonly number[] | undefined> {
  const { incident } = await db
    .selectFrom('batch')
    .select('incident')
    .where('id', '=', batch)
    .executeTakeFirstOrThrow();
  const open = await openProposals(db, incident, batch);
  return open[0]?.places?.();
}

type OpenProposal = ProposedRecall & { readonly places?: ToldCards['places'] };

async function openProposals(
  db: Kysely<Tables>,
  incident: string | undefined,
  only?: string,
): Promise<readonly OpenProposal[]> {
  const rows = await proposalRows(db, incident);
  const asked = rows.filter(({ batch }) => only === undefined || batch === only);
  // Every caller's card comes by here: answers to recalls are read where something is proposed.
  if (asked.length === 0) return [];
  const recalls = await recallsByBatch(db, incident);
  const found: OpenProposal[] = [];
  for (const { all, since, state, subject, leaf, ...row } of asked) {
    const own = recalls.get(row.batch) ?? [];
    const places = placesOf(row);
    const open = openCards(
      { out: row.cards, untold: row.untold, places },
      recalledOf(own, all, leaf),
    );
    const { batch, handoff, recipient, incident: of } = row;
    const proposed = { batch, handoff, incident: of, state, atMost: open.out + open.untold };
    const told = await toldByPrepare(db, proposed, all, since, own);
    const recall = {
      ...{ batch, handoff, recipient, incident: of, cards: open.out, untold: open.untold },
      ...(subject === null ? {} : { subject }),
      ...told,
    };
    if (recall.cards + recall.untold > 0) found.push(recall);
  }
  return found;
}

function placesOf({
  out_runs: out,
  untold_runs: untold,
}: Pick<Tables['recall_proposal'], 'out_runs' | 'untold_runs'>): ProposedCards['places'] {
  if (out === null || untold === null) return undefined;
  return { out: new Uint8Array(out), untold: new Uint8Array(untold) };
}

function recalledOf(recalls: readonly RecallOfBatch[], cards: number, leaf: number): RecalledOf {
  const proposed = recalls
    .filter(({ proposal }) => proposal === leaf)
    .reduce((sum, { runs }) => sum + countRuns(runs), 0);
  return { cards, runs: recalls.map(({ runs }) => runs), proposed };
}

function proposalRows(db: Kysely<Tables>, incident: string | undefined) {
  let query = db
    .selectFrom('recall_proposal')
    .innerJoin('batch', 'batch.id', 'recall_proposal.batch')
    .innerJoin('incident_version', 'incident_version.leaf', 'recall_proposal.leaf')
    .leftJoin('incident_purge', 'incident_purge.incident', 'batch.incident')
    .select(['recall_proposal.batch', 'recall_proposal.cards', 'recall_proposal.untold'])
    .select(['recall_proposal.leaf', 'recall_proposal.out_runs', 'recall_proposal.untold_runs'])
    .select(['batch.incident', 'batch.handoff', 'batch.recipient', 'batch.cards as all'])
    .select('batch.subject')
    .select('batch.state')
    .select('incident_version.replaced_at as since')
    .where('recall_proposal.settled_leaf', 'is', null)
    .where('batch.state', 'not in', endedBadly)
    .where('incident_purge.leaf', 'is', null);
  if (incident !== undefined) query = query.where('batch.incident', '=', incident);
  return query.orderBy('batch.first_reference').execute();
}
