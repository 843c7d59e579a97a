import { isFault } from '../../domain/fault.ts';
import { offerEnd, openedOfferEnd } from '../../domain/pickup/offer-end.ts';
import { serveActor } from '../acts/serve-actor.ts';
import type { DeliverPorts } from '../delivery/deliver-ports.ts';
import { DeliveryFault } from '../delivery/delivery-errors.ts';
import { expireAs } from '../delivery/expire-batch.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Round } from './run-rounds.ts';

const EVERY_MS = 300_000;

/** When more of an opened batch was sent last; without a record of it, when it was opened. */
export function lastSentAt({
  evidence,
  changedAt,
}: Pick<BatchRow, 'evidence' | 'changedAt'>): Date {
  return evidence?.sentAt === undefined ? changedAt : new Date(evidence.sentAt);
}

/**
 * When the offer of a batch ends if nobody opens it, or nobody fetches on what was opened; undefined where its plan cannot
 * be read: then nobody gets it either.
 */
export async function endOfOffer(
  handoffs: Pick<HandoffRegister, 'get'>,
  batch: BatchRow,
): Promise<Date | undefined> {
  try {
    const plan = planOf(await handoffs.get(batch.handoff));
    const planned = plan.batches.find((each) => each.batch === batch.id);
    if (planned === undefined) return undefined;
    return batch.state === 'partly-read'
      ? openedOfferEnd(lastSentAt(batch), plan, planned)
      : offerEnd(batch.changedAt, plan, planned);
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

/**
 * Ends offers that nobody opened in time, or went on with: they become `expired`, their cards count as not handed off, and
 * an officer may offer them again. An answer of the recipient shows even then that they had read one that was opened.
 */
export function offerRound(ports: {
  readonly handoffs: Pick<HandoffRegister, 'batchesIn' | 'get'>;
  readonly deliveryParts: DeliverPorts['deliveryParts'];
  readonly clock: Clock;
}): Round {
  return {
    name: 'offer',
    everyMs: EVERY_MS,
    run: async () => {
      const { journal } = ports.deliveryParts(serveActor);
      for (const batch of await ports.handoffs.batchesIn(['offered', 'partly-read'])) {
        const end = await endOfOffer(ports.handoffs, batch);
        if (end === undefined || end >= ports.clock.now()) continue;
        const { id, recipient } = batch;
        await expireAs(journal, id, new DeliveryFault('offer-ended', { batch: id, recipient }));
      }
    },
  };
}
