import { isFault } from '../../domain/fault.ts';
import { offerEnd } from '../../domain/pickup/offer-end.ts';
import { serveActor } from '../acts/serve-actor.ts';
import type { DeliverPorts } from '../delivery/deliver-ports.ts';
import { DeliveryFault } from '../delivery/delivery-errors.ts';
import { expireAs } from '../delivery/expire-batch.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Round } from './run-rounds.ts';

const EVERY_MS = 300_000;

/** When an offered batch ends if nobody opens it; undefined where its plan cannot be read: then nobody gets it either. */
export async function endOfOffer(
  handoffs: Pick<HandoffRegister, 'get'>,
  batch: BatchRow,
): Promise<Date | undefined> {
  try {
    const plan = planOf(await handoffs.get(batch.handoff));
    const planned = plan.batches.find((each) => each.batch === batch.id);
    return planned && offerEnd(batch.changedAt, plan, planned);
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}

/**
 * Ends offers that nobody opened in time: they become `expired`, their cards count as not handed off, and an officer may
 * offer them again. What was opened by then stays open.
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
      for (const batch of await ports.handoffs.batchesIn(['offered'])) {
        const end = await endOfOffer(ports.handoffs, batch);
        if (end === undefined || end >= ports.clock.now()) continue;
        const { id, recipient } = batch;
        await expireAs(journal, id, new DeliveryFault('offer-ended', { batch: id, recipient }));
      }
    },
  };
}
