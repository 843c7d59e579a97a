import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import { digestOf } from '../domain/handoff/plan.ts';
import type { Plan } from '../domain/handoff/plan.ts';
import type { Review } from '../domain/handoff/review.ts';
import type { Stage } from '../domain/handoff/stage.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Amendments, ProposedRecall } from './amendments.ts';
import type {
  BatchRow,
  DecisionRow,
  HandoffRegister,
  HandoffRow,
  SourceRow,
  Uncovered,
} from './handoff-register.ts';
import type { IncidentRegister } from './incident-register.ts';
import type { LogBook } from './log-book.ts';
import { sharedAccounts } from './shared-accounts.ts';
import type { SharedAccount } from './shared-accounts.ts';
import { answeredBatches } from './answered-batches.ts';
import type { AnsweredBatch } from './answered-batches.ts';
import { planOf } from './plan-still-holds.ts';
import type { AnswersRead } from './response-register.ts';
import type { PersonsWord, WordRegister } from './word-register.ts';

/** Everything a person wants to see of one handoff. */
export interface ShownHandoff {
  readonly row: HandoffRow;
  readonly incident: Incident;
  readonly plan: Plan | undefined;
  readonly review: Review | undefined;
  readonly batches: readonly BatchRow[];
  readonly sources: readonly SourceRow[];
  readonly decisions: readonly DecisionRow[];
  /** Accounts under which more than one of those who signed it did so. */
  readonly accounts?: readonly SharedAccount[];
  /** What persons said of its batches, beside what the machine saw. */
  readonly words: readonly PersonsWord[];
  /** How far its batches of references are answered. */
  readonly answered?: readonly AnsweredBatch[];
  /** Cards this handoff left out because of a batch that ended badly since. */
  readonly uncovered: readonly Uncovered[];
  /** Cards that the incident as amended leaves out, until somebody settled it. */
  readonly recalls?: readonly ProposedRecall[];
}

/** Which list it is: as its plan says, or as the incident does for a plan of an earlier version. */
export function stageOf({
  plan,
  incident,
}: Pick<ShownHandoff, 'plan' | 'incident'>): Stage | undefined {
  return plan?.stage ?? incident.stage;
}

/** Throws `handoff-unknown`, and `plan-changed` for a stored plan or review that is not what its digest says. */
export async function showHandoff(
  ports: {
    readonly handoffs: HandoffRegister;
    readonly incidents: IncidentRegister;
    readonly words: WordRegister;
    readonly amendments: Amendments;
    readonly responses: AnswersRead;
    readonly log: Pick<LogBook, 'leaves' | 'size'>;
  },
  id: string,
): Promise<ShownHandoff> {
  const { handoffs, incidents, words } = ports;
  const row = await handoffs.get(id);
  const { incident } = await incidents.get(row.incident);
  const batches = await handoffs.batchesOf(id);
  const uncovered = await handoffs.uncovered();
  const recalls = await ports.amendments.recalls(row.incident);
  return {
    row,
    incident,
    plan: row.plan === undefined ? undefined : planOf(row),
    review: reviewOf(row),
    batches,
    answered: await answeredBatches(ports.responses, batches),
    sources: await handoffs.sourcesOf(id),
    decisions: await handoffs.decisionsOf(id),
    accounts: await sharedAccounts(ports.log, id),
    words: await words.ofHandoff(id),
    uncovered: uncovered.filter(({ handoff }) => handoff === id),
    recalls: recalls.filter(({ handoff }) => handoff === id),
  };
}

/** An approver signs the digest of the review, so what they are shown must be what the digest names. */
function reviewOf({ id, review, reviewSha256 }: HandoffRow): Review | undefined {
  if (review === undefined) return undefined;
  if (digestOf(review) !== reviewSha256) {
    throw new DecisionFault('plan-changed', { handoff: id, what: 'review' });
  }
  return JSON.parse(new TextDecoder().decode(review)) as Review;
}
