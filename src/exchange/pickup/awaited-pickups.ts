import { dueAtBy } from '../../domain/recipients/agreed-terms.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { isToBeFetched } from './offer-batch.ts';

/** A batch that its recipient has still to fetch, all of it or the rest, and by when. */
export interface AwaitedPickup {
  readonly batch: BatchRow;
  /** By the pickup term of the recipient, counted from the offer that stands. */
  readonly dueAt: Date;
  readonly isOverdue: boolean;
}

/** Those among these batches whose recipient has a pickup term, by which they are to be fetched. Throws nothing. */
export function awaitedPickups(
  batches: readonly BatchRow[],
  recipients: readonly Pick<Recipient, 'id' | 'pickup'>[],
  now: Date,
): readonly AwaitedPickup[] {
  return batches.flatMap((batch) => {
    if (!isToBeFetched(batch.state)) return [];
    const { pickup } = recipients.find(({ id }) => id === batch.recipient) ?? {};
    const dueAt = dueAtBy(pickup, offeredAt(batch));
    return dueAt === undefined ? [] : [{ batch, dueAt, isOverdue: dueAt <= now }];
  });
}

/** Opening a file changes its state: when it was offered stands with what was seen then. */
function offeredAt({ evidence, changedAt }: BatchRow): Date {
  return evidence?.offeredAt === undefined ? changedAt : new Date(evidence.offeredAt);
}
