import type { Plan } from '../domain/handoff/plan.ts';
import type { Review } from '../domain/handoff/review.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type {
  BatchRow,
  DecisionRow,
  HandoffRegister,
  HandoffRow,
  SourceRow,
  Uncovered,
} from './handoff-register.ts';
import type { IncidentRegister } from './incident-register.ts';
import { planOf } from './plan-still-holds.ts';

/** Everything a person wants to see of one handoff. */
export interface ShownHandoff {
  readonly row: HandoffRow;
  readonly incident: Incident;
  readonly plan: Plan | undefined;
  readonly review: Review | undefined;
  readonly batches: readonly BatchRow[];
  readonly sources: readonly SourceRow[];
  readonly decisions: readonly DecisionRow[];
  /** Cards this handoff left out because of a batch that ended badly since. */
  readonly uncovered: readonly Uncovered[];
}

/** Throws `handoff-unknown`, and `plan-changed` for a stored plan that is not what its digest says. */
export async function showHandoff(
  ports: { readonly handoffs: HandoffRegister; readonly incidents: IncidentRegister },
  id: string,
): Promise<ShownHandoff> {
  const { handoffs, incidents } = ports;
  const row = await handoffs.get(id);
  const { incident } = await incidents.get(row.incident);
  const uncovered = await handoffs.uncovered();
  return {
    row,
    incident,
    plan: row.plan === undefined ? undefined : planOf(row),
    review:
      row.review === undefined
        ? undefined
        : (JSON.parse(new TextDecoder().decode(row.review)) as Review),
    batches: await handoffs.batchesOf(id),
    sources: await handoffs.sourcesOf(id),
    decisions: await handoffs.decisionsOf(id),
    uncovered: uncovered.filter(({ handoff }) => handoff === id),
  };
}
