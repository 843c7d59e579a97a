import type { ScopeCounts } from '../../domain/handoff/scope-change.ts';
import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { changeSince, toldByWindows } from './amendment-effect.ts';
import type { Amendments, ProposedRecall } from './amendments.ts';
import type { IncidentRow } from './incident-register.ts';

interface Ports {
  readonly handoffs: HandoffRegister;
  readonly amendments: Amendments;
}

/**
 * Which cards of a batch the amended incident leaves out: their places, ascending, as many as are proposed. By the windows
 * of the stored cards where these alone decided, and among those that they leave out or untold as a prepare since the
 * amendment tells them. Undefined where only a new prepare can tell. `recalled`: places that are recalled already.
 */
export async function leftOutCards(
  ports: Ports,
  row: IncidentRow,
  { batch, handoff, cards, untold }: ProposedRecall,
  recalled: readonly Uint8Array[],
): Promise<readonly number[] | undefined> {
  if (untold > 0) return undefined;
  const told = await ports.amendments.proposedPlaces(batch);
  const possible = await outByWindows(ports, row, { batch, handoff }, recalled);
  if (possible === undefined) return told?.length === cards ? told : undefined;
  const notMet = told && new Set(told);
  const places = [...possible]
    .filter(([place, becomes]) => notMet?.has(place) ?? becomes === 'out')
    .map(([place]) => place);
  return places.length === cards ? places : undefined;
}

/**
 * What the windows of the stored cards make of each that is out or untold, by place, ascending; undefined where they do not
 * decide. A card that is not among them is in, whatever a prepare made of it.
 */
async function outByWindows(
  ports: Ports,
  row: IncidentRow,
  { batch, handoff }: Pick<ProposedRecall, 'batch' | 'handoff'>,
  recalled: readonly Uint8Array[],
): Promise<ReadonlyMap<number, keyof ScopeCounts> | undefined> {
  const list = await ports.handoffs.get(handoff);
  // Who was seen at which merchant is kept as counts.
  if (list.report?.merchantSets !== undefined) return undefined;
  if ((await toldByWindows(ports, list)) !== 'all') return undefined;
  const documents = await ports.amendments.replaced(row.incident.id);
  const change = changeSince(documents.get(planOf(list).incidentSha256), row.incident);
  if (change === undefined) return undefined;
  const found = new Map<number, keyof ScopeCounts>();
  for await (const { first, rows } of ports.handoffs.cardPages(batch)) {
    for (const [at, becomes] of change.changes(rows)) {
      const place = first + at;
      if (!recalled.some((runs) => holdsPlace(runs, place))) found.set(place, becomes);
    }
  }
  return found;
}
