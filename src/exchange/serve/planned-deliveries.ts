import { isFault } from '../../domain/fault.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { repeatAt } from '../../domain/handoff/repeats.ts';
import { openFrom } from '../../domain/recipients/open-hours.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import type { ServeDeliveries } from './serve-deliveries.ts';

/** A batch that `serve` is to deliver, and when; or why it will not. */
export interface PlannedDelivery {
  readonly batch: BatchRow;
  readonly handoff: HandoffRow;
  readonly recipient: Recipient;
  /** Undefined where `problem` says why there is none. */
  readonly dueAt: Date | undefined;
  /** `plan-expired`: by then its plan is too old; `holiday-year-missing`: the days off of that year are not known. */
  readonly problem?: string;
}

export interface PlannedDeliveryPorts {
  readonly handoffs: Pick<HandoffRegister, 'batchesIn' | 'get'>;
  readonly serveDeliveries: Pick<ServeDeliveries, 'repeatsOf'>;
}

/** `publishing` is looked after, never sent again; what is `presumed` or in `conflict` waits for a person. */
const inHand: readonly DeliveryState[] = ['approved', 'sending', 'publishing', 'failed'];

/**
 * What `serve` is to deliver by itself and when, from stored state alone: whatever ended it, the next start comes to the
 * same. Nothing where `[serve] deliver` does not allow it. Never what is put into a folder, where a person has to be.
 */
export async function plannedDeliveries(
  ports: PlannedDeliveryPorts,
  { settings, recipients }: Pick<LoadedConfiguration, 'settings' | 'recipients'>,
  now: Date,
): Promise<readonly PlannedDelivery[]> {
  if (settings.serve?.deliver !== true) return [];
  const planned: PlannedDelivery[] = [];
  for (const batch of await ports.handoffs.batchesIn(inHand)) {
    const recipient = recipients.find(({ id }) => id === batch.recipient);
    if (recipient === undefined || recipient.endpoints[0]!.kind === 'manual') continue;
    const fromAt = await earliest(ports.serveDeliveries, batch, now);
    if (fromAt === undefined) continue;
    const handoff = await ports.handoffs.get(batch.handoff);
    // What one person sent in an emergency stays in that person's hands.
    if (handoff.outcome !== 'approve') continue;
    planned.push({ batch, handoff, recipient, ...momentOf(batch, handoff, recipient, fromAt) });
  }
  return planned;
}

/** Undefined where the machine does not begin it: a person has to. */
async function earliest(
  serveDeliveries: PlannedDeliveryPorts['serveDeliveries'],
  { id, state, fault, changedAt }: BatchRow,
  now: Date,
): Promise<Date | undefined> {
  if (state !== 'failed') return now;
  if (fault?.retry !== 'later') return undefined;
  const repeats = await serveDeliveries.repeatsOf(id);
  const at = repeats === undefined ? undefined : repeatAt(changedAt, repeats);
  return at === undefined || at > now ? at : now;
}

function momentOf(
  { state }: BatchRow,
  handoff: HandoffRow,
  recipient: Recipient,
  fromAt: Date,
): Pick<PlannedDelivery, 'dueAt' | 'problem'> {
  // What was begun in time is brought to its end at any time.
  if (state === 'publishing') return { dueAt: fromAt };
  try {
    const dueAt = openFrom(recipient.delivery_hours, fromAt);
    const endsAt = Date.parse(planOf(handoff).expiresAt);
    return dueAt.getTime() > endsAt ? { dueAt: undefined, problem: 'plan-expired' } : { dueAt };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { dueAt: undefined, problem: error.code };
  }
}
