import { RecallFault } from '../../domain/recalls/errors.ts';
import { holdsPlace, placesOf } from '../../domain/recalls/recalled-runs.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { batchesOfIncident, isRecall } from './incident-recalls.ts';
import { runsOfList, standingRecalls } from './standing-recalls.ts';
import type { StandingRecallPorts } from './standing-recalls.ts';

/**
 * Asked before a recall file that failed or ended is sent again: by then its cards may have been recalled anew, and a recipient
 * who gets both is told twice of the same cards. One that waits for its approval counts, since it would be sent beside this one.
 *
 * Throws RecallFault `recall-twice` with the list and how many cards; nothing for a batch that is no recall.
 */
export async function assertRecalledOnce(
  ports: StandingRecallPorts & { readonly handoffs: HandoffRegister },
  batch: BatchRow,
): Promise<void> {
  if (!isRecall(batch)) return;
  const { batch: list, runs } = batch.recalls;
  const { lists, recalls } = await batchesOfIncident(ports.handoffs, batch.incident);
  const others = recalls.filter(({ id, recalls: { batch: of } }) => id !== batch.id && of === list);
  const standing = await standingRecalls(ports, [...lists, ...others]);
  const waiting = others.filter(({ state }) => state === 'built');
  const taken = [...runsOfList(standing, list), ...runsOfList(waiting, list)];
  const cards = [...placesOf(runs)].filter((place) => taken.some((own) => holdsPlace(own, place)));
  if (cards.length > 0) throw new RecallFault('recall-twice', { batch: list, cards: cards.length });
}
