import type { Selectable } from 'kysely';

import type {
  DeliveryEvidence,
  DeliveryOutcome,
} from '../../exchange/delivery/delivery-journal.ts';
import type { Tables } from './tables.ts';

type Seen = Pick<Selectable<Tables['batch']>, 'evidence'>;

/**
 * Nothing of a failed attempt was published, and nothing of what expired unopened. Kept otherwise: what was opened before
 * it was offered again could be had then.
 */
export function availableAfter(
  to: DeliveryOutcome,
  batch: Seen & Pick<Selectable<Tables['batch']>, 'available_at'>,
  now: number,
): number | null {
  const isUnread = to === 'expired' && sentOf(batch).sentBytes === undefined;
  return to === 'failed' || isUnread ? null : (batch.available_at ?? now);
}

/** What was sent out of a box stays known when its offer ends, and when it is offered again. */
export function sentOf({ evidence }: Seen): Pick<DeliveryEvidence, 'sentBytes' | 'sentAt'> {
  const { sentBytes, sentAt } = JSON.parse(evidence ?? '{}') as Partial<DeliveryEvidence>;
  return sentBytes === undefined ? {} : { sentBytes, ...(sentAt === undefined ? {} : { sentAt }) };
}
