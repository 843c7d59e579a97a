import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { changeSince, toldByWindows } from './amendment-effect.ts';
import type { Amendments, ProposedRecall } from './amendments.ts';
import type { IncidentRow } from './incident-register.ts';

/**
 * Which cards of a batch the amended incident leaves out: their places, ascending, as many as are proposed. As a prepare
 * since the amendment tells them, or by the windows of the stored cards where these alone decided. Undefined where only a
 * new prepare can tell. `recalled`: places that are recalled already.
 */
export async function leftOutCards(
  ports: { readonly handoffs: HandoffRegister; readonly amendments: Amendments },
  row: IncidentRow,
  { batch, handoff, cards, untold }: ProposedRecall,
  recalled: readonly Uint8Array[],
): Promise<readonly number[] | undefined> {
  if (untold > 0) return undefined;
  const told = await ports.amendments.proposedPlaces(batch);
  if (told?.length === cards) return told;
  const list = await ports.handoffs.get(handoff);
  // Who was seen at which merchant is kept as counts.
  if (list.report?.merchantSets !== undefined) return undefined;
  if ((await toldByWindows(ports, list)) !== 'all') return undefined;
  const documents = await ports.amendments.replaced(row.incident.id);
  const change = changeSince(documents.get(planOf(list).incidentSha256), row.incident);
  if (change === undefined) return undefined;
  const places: number[] = [];
  for await (const { first, rows } of ports.handoffs.cardPages(batch)) {
    for (const [at, becomes] of change.changes(rows)) {
      const place = first + at;
      if (becomes === 'out' && !recalled.some((runs) => holdsPlace(runs, place))) {
        places.push(place);
      }
    }
  }
  return places.length === cards ? places : undefined;
}
