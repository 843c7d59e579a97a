import { isFault } from '../../domain/fault.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import { owedByAll } from '../incident/incident-clocks.ts';
import { endOfOffer } from './offer-round.ts';
import { awaitedPickups } from '../pickup/awaited-pickups.ts';
import { endingRetentions } from '../purge/retention-ends.ts';
import { dueAtOf } from '../responses/answer-due.ts';
import { answeredCards } from '../responses/answered-cards.ts';
import { awaitedBatches } from '../responses/awaited-batches.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { AnswersRead } from '../responses/response-register.ts';
import type { Clock } from '../workspace/clock.ts';

/** What a person has to see to, told in the log once for each due time. */
export interface Escalation {
  readonly kind:
    | 'plan-ending'
    | 'plan-ended'
    | 'offer-ending'
    | 'answer-overdue'
    | 'pickup-overdue'
    | 'retention-ending'
    | 'clock-overdue'
    | 'partly-read'
    | 'delivery-unknown'
    | 'delivery-conflict'
    | 'arrival-aside'
    | 'number-gap';
  /** When it ends, ended or was due, or since when it is so. */
  readonly dueAt: Date;
  /** Absent of `arrival-aside` and `number-gap`, which are a recipient's. */
  readonly incident?: string;
  readonly handoff?: string;
  readonly batch?: string;
  readonly recipient?: string;
  readonly merchant?: string;
  /** Which time limit, of `clock-overdue`. */
  readonly clock?: string;
  /** Of `arrival-aside`. */
  readonly arrival?: string;
}

/** Which escalations the log has. */
export interface EscalationBook {
  /** Appends the leaf of each that is new; all or nothing. */
  record(escalations: readonly (Escalation & { readonly act: ActRecord })[]): Promise<void>;
}

export interface EscalationPorts {
  readonly configuration: Pick<Configuration, 'load'>;
  readonly handoffs: Pick<HandoffRegister, 'batchesIn' | 'get'>;
  readonly cardAnswers: CardAnswersRead;
  readonly responses: AnswersRead;
  readonly clock: Clock;
}

/** Time for a person to deliver, or to have a plan made and approved anew. */
const PLAN_WARNING_MS = 12 * 3_600_000;

/** A working day, to ring up the recipient. */
const OFFER_WARNING_MS = 24 * 3_600_000;

const unsent: readonly DeliveryState[] = ['approved', 'sending', 'failed'];
const arrived: readonly DeliveryState[] = ['stored', 'written', 'read', 'taken'];

/**
 * What is late or about to end about batches: plans with unsent batches from twelve hours before their end on, and what is
 * to be fetched or answered by the service terms of the recipient. Changes nothing. Throws as the configuration.
 */
export async function batchEscalations(ports: EscalationPorts): Promise<readonly Escalation[]> {
  const loaded = await ports.configuration.load();
  const batches = await ports.handoffs.batchesIn(unsent);
  const ids = [...new Set(batches.map(({ handoff }) => handoff))];
  const plans = await Promise.all(ids.map((id) => planEscalations(ports, id)));
  const offers = await endingOffers(ports);
  const fetched = await overduePickups(ports, loaded);
  return [...plans.flat(), ...offers, ...fetched, ...(await overdueAnswers(ports, loaded))];
}

/** What is late or about to end about batches and incidents. Throws as `batchEscalations`. */
export async function dueEscalations(
  ports: EscalationPorts & Parameters<typeof endingRetentions>[0] & Parameters<typeof owedByAll>[0],
): Promise<readonly Escalation[]> {
  const retention = await endingRetentions(ports);
  const owed = await owedByAll(ports);
  return [
    ...(await batchEscalations(ports)),
    ...retention.map(({ incident, endsAt }): Escalation => ({
      ...{ kind: 'retention-ending', dueAt: endsAt, incident },
    })),
    ...owed
      .filter(({ clock }) => clock.state === 'overdue')
      .map(({ incident, merchant, clock }): Escalation => ({
        ...{ kind: 'clock-overdue', dueAt: new Date(clock.times.dueMs), incident },
        ...{ clock: clock.id, ...(merchant === undefined ? {} : { merchant }) },
      })),
  ];
}

async function planEscalations(
  { handoffs, clock }: EscalationPorts,
  id: string,
): Promise<Escalation[]> {
  const handoff = await handoffs.get(id);
  const dueAt = planEnd(handoff);
  if (dueAt === undefined) return [];
  const leftMs = dueAt.getTime() - clock.now().getTime();
  if (leftMs > PLAN_WARNING_MS) return [];
  const kind = leftMs > 0 ? 'plan-ending' : 'plan-ended';
  return [{ kind, dueAt, handoff: id, incident: handoff.incident }];
}

async function endingOffers({ handoffs, clock }: EscalationPorts): Promise<Escalation[]> {
  const found: Escalation[] = [];
  for (const batch of await handoffs.batchesIn(['offered'])) {
    const dueAt = await endOfOffer(handoffs, batch);
    if (dueAt === undefined || dueAt.getTime() - clock.now().getTime() > OFFER_WARNING_MS) continue;
    const { id, handoff, incident, recipient } = batch;
    found.push({ kind: 'offer-ending', dueAt, incident, handoff, batch: id, recipient });
  }
  return found;
}

async function overduePickups(
  { handoffs, clock }: EscalationPorts,
  { recipients }: Pick<LoadedConfiguration, 'recipients'>,
): Promise<Escalation[]> {
  const inBox = await handoffs.batchesIn(['offered', 'partly-read']);
  return awaitedPickups(inBox, recipients, clock.now()).flatMap(({ batch, dueAt, isOverdue }) => {
    if (!isOverdue) return [];
    const { id, handoff, incident, recipient } = batch;
    return [{ kind: 'pickup-overdue', dueAt, incident, handoff, batch: id, recipient }];
  });
}

/** Undefined of a plan that was changed: its delivery is refused, and says so. */
function planEnd(handoff: HandoffRow): Date | undefined {
  try {
    return new Date(planOf(handoff).expiresAt);
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

async function overdueAnswers(
  { handoffs, cardAnswers, responses, clock }: EscalationPorts,
  { recipients }: Pick<LoadedConfiguration, 'recipients'>,
): Promise<Escalation[]> {
  const bound = recipients.filter(
    ({ answers }) => (answers?.within_hours ?? answers?.within_days) !== undefined,
  );
  const isBound = ({ recipient }: BatchRow): boolean => bound.some(({ id }) => id === recipient);
  const awaited = (await handoffs.batchesIn(arrived)).filter(isBound);
  const now = clock.now();
  const due = awaited.filter(
    (batch) => (dueAtOf(batch, bound)?.getTime() ?? Infinity) <= now.getTime(),
  );
  const late = await withUnanswered(cardAnswers, due);
  const answered = [
    ...(await answeredCards(cardAnswers, late, bound, now)),
    ...(await awaitedBatches(responses, awaited, bound, now)),
  ];
  return answered.flatMap(({ batch, recipient, dueAt, isOverdue }) => {
    if (!isOverdue || dueAt === undefined) return [];
    const { handoff, incident } = awaited.find(({ id }) => id === batch)!;
    return [{ kind: 'answer-overdue', dueAt, incident, handoff, batch, recipient }];
  });
}

/**
 * Those of which the last answer leaves cards without one. An answer may name millions of cards, and a service looks every
 * few minutes: what stands is put together only where somebody may be waited for.
 */
async function withUnanswered(
  cardAnswers: Pick<CardAnswersRead, 'list'>,
  batches: readonly BatchRow[],
): Promise<readonly BatchRow[]> {
  const found: BatchRow[] = [];
  for (const batch of batches) {
    const last = (await cardAnswers.list(batch.id)).at(-1);
    if (last === undefined || last.standing.unanswered > 0) found.push(batch);
  }
  return found;
}
