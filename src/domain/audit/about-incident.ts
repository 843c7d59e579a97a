import type { Json } from '../canonical-json.ts';
import type { Leaf } from './leaf.ts';

/** An incident, its handoffs, their batches, and files that were brought for it, by their ids. */
export interface IncidentIds {
  readonly incident: string;
  readonly handoffs: ReadonlySet<string>;
  readonly batches: ReadonlySet<string>;
  readonly arrivals: ReadonlySet<string>;
}

/**
 * Whether an entry of the log is about an incident: names it or one of its own, alone or among others. A look-up over more
 * incidents than an entry has room for names none, and counts as one over each. What goes with a purge and what comes in
 * an auditor kit is told by this alone.
 */
export function isAboutIncident(
  { object, data }: Pick<Leaf, 'object' | 'data'>,
  { incident, handoffs, batches, arrivals }: IncidentIds,
): boolean {
  return (
    object === `incident:${incident}` ||
    data['searched'] !== undefined ||
    namedIn(data['incident'], data['incidents']).includes(incident) ||
    namedIn(data['handoff'], data['handoffs']).some((id) => handoffs.has(id)) ||
    namedIn(data['batch']).some((id) => batches.has(id)) ||
    namedIn(data['arrival']).some((id) => arrivals.has(id))
  );
}

/** Whether an entry is a question of a caller that was looked for in other incidents too: its reason may be about those. */
export function asksOfOthers({ act, data }: Pick<Leaf, 'act' | 'data'>, incident: string): boolean {
  if (act !== 'look-up') return false;
  return data['searched'] !== undefined || namedIn(data['incidents']).some((id) => id !== incident);
}

function namedIn(...values: readonly (Json | undefined)[]): readonly string[] {
  return values.flat().filter((value) => typeof value === 'string');
}
