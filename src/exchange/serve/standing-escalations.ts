import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { ArrivalBook } from '../arrivals/arrival-book.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { gapsSince } from '../responses/gaps-since.ts';
import { numberGaps } from '../responses/number-gaps.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Escalation } from './escalations.ts';
import { lastSentAt } from './offer-round.ts';

/** So long nothing more of a file is sent that somebody began to fetch: they have stopped. */
const STANDSTILL_MS = 3_600_000;

const unknown: readonly DeliveryState[] = ['presumed', 'conflict'];

/**
 * What stands open until somebody sees to it, and `status` shows in rows of its own: batches of which nobody knows whether
 * they arrived, files that were put aside, running numbers that did not come. Due since it is so, and so each once as long
 * as it stays so. Changes nothing. Throws as the configuration.
 */
export async function standingEscalations(
  ports: {
    readonly handoffs: Pick<HandoffRegister, 'batchesIn'>;
    readonly arrivals: Pick<ArrivalBook, 'inState' | 'refusals'>;
    readonly clock: Clock;
  } & Parameters<typeof numberGaps>[0],
): Promise<readonly Escalation[]> {
  const { handoffs, arrivals, clock } = ports;
  const open = await handoffs.batchesIn([...unknown, 'partly-read']);
  const stopped = clock.now().getTime() - STANDSTILL_MS;
  const aside = [
    ...(await arrivals.inState('quarantined')).map((one) => ({ ...one, since: one.arrivedAt })),
    ...(await arrivals.refusals()).map((one) => ({ ...one, since: one.refusedAt })),
  ];
  const answers = await ports.cardAnswers.list();
  return [
    ...open
      .filter((batch) => unknown.includes(batch.state) || lastSentAt(batch).getTime() <= stopped)
      .map(ofBatch),
    ...aside.map(({ id: arrival, recipient, since: dueAt }): Escalation => ({
      ...{ kind: 'arrival-aside', dueAt, recipient, arrival },
    })),
    ...(await numberGaps(ports)).flatMap((gaps) =>
      gapsSince(gaps, answers).map((dueAt): Escalation => ({
        ...{ kind: 'number-gap', dueAt, recipient: gaps.recipient },
      })),
    ),
  ];
}

function ofBatch({ id, state, changedAt, incident, handoff, recipient }: BatchRow): Escalation {
  const kind = state === 'presumed' ? 'delivery-unknown' : 'delivery-conflict';
  return {
    kind: state === 'partly-read' ? 'partly-read' : kind,
    ...{ dueAt: changedAt, incident, handoff, batch: id, recipient },
  };
}
