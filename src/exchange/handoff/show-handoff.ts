import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { Plan } from '../../domain/handoff/plan.ts';
import type { Review } from '../../domain/handoff/review.ts';
import type { Stage } from '../../domain/handoff/stage.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Amendments, ProposedRecall } from '../incident/amendments.ts';
import type {
  BatchRow,
  DecisionRow,
  HandoffRegister,
  HandoffRow,
  SourceRow,
  Uncovered,
} from './handoff-register.ts';
import { recallStandings } from '../recall/recall-standing.ts';
import type { RecallStanding } from '../recall/recall-standing.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import type { LogBook } from '../audit/log-book.ts';
import { sharedAccounts } from '../acts/shared-accounts.ts';
import type { SharedAccount } from '../acts/shared-accounts.ts';
import { answeredCards } from '../responses/answered-cards.ts';
import type { AnsweredCards } from '../responses/answered-cards.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { awaitedBatches } from '../responses/awaited-batches.ts';
import type { AwaitedBatch } from '../responses/awaited-batches.ts';
import { awaitedPickups } from '../pickup/awaited-pickups.ts';
import type { AwaitedPickup } from '../pickup/awaited-pickups.ts';
import { planOf } from './plan-still-holds.ts';
import type { AnswersRead } from '../responses/response-register.ts';
import type { PersonsWord, WordRegister } from '../delivery/word-register.ts';

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
  /** Its batches that are to be fetched by a time. */
  readonly pickups?: readonly AwaitedPickup[];
  /** How far its batches of references are answered. */
  readonly answered?: readonly AwaitedBatch[];
  /** How far its batches of cards are answered. */
  readonly answeredCards?: readonly AnsweredCards[];
  /** Cards this handoff left out because of a batch that ended badly since. */
  readonly uncovered: readonly Uncovered[];
  /** Cards that the incident as amended leaves out, until somebody settled it. */
  readonly recalls?: readonly ProposedRecall[];
  /** Recall files of this handoff, and those that recall cards of it. */
  readonly recalled?: readonly RecallStanding[];
}

/** A list by its stage, or a recall. */
export type HandoffKind = Stage | 'recall';

/** Which list it is: as its plan says, or as the incident does for a plan of an earlier version. */
export function stageOf({
  plan,
  incident,
}: Pick<ShownHandoff, 'plan' | 'incident'>): HandoffKind | undefined {
  if (plan?.recall !== undefined) return 'recall';
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
    readonly cardAnswers: CardAnswersRead;
    readonly configuration: Pick<Configuration, 'load'>;
    readonly clock: Clock;
    readonly log: Pick<LogBook, 'leaves' | 'size'>;
  },
  id: string,
): Promise<ShownHandoff> {
  const { handoffs, incidents, words } = ports;
  const row = await handoffs.get(id);
  const { incident } = await incidents.get(row.incident);
  const batches = await handoffs.batchesOf(id);
  const { recipients } = await ports.configuration.load();
  const now = ports.clock.now();
  const uncovered = await handoffs.uncovered();
  const recalls = await ports.amendments.recalls(row.incident);
  const standings = await recallStandings(ports, row.incident);
  return {
    row,
    incident,
    plan: row.plan === undefined ? undefined : planOf(row),
    review: reviewOf(row),
    batches,
    pickups: awaitedPickups(batches, recipients, now),
    answered: await awaitedBatches(ports.responses, batches, recipients, now),
    answeredCards: await answeredCards(ports.cardAnswers, batches, recipients, now),
    sources: await handoffs.sourcesOf(id),
    decisions: await handoffs.decisionsOf(id),
    accounts: await sharedAccounts(ports.log, id),
    words: await words.ofHandoff(id),
    uncovered: uncovered.filter(({ handoff }) => handoff === id),
    recalls: recalls.filter(({ handoff }) => handoff === id),
    recalled: standings.filter((each) => each.handoff === id || each.recalledHandoff === id),
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
