import { hasLeft } from './delivery-states.ts';
import type { DeliveryState } from './delivery-states.ts';
import { PersonsWordFault } from './word-errors.ts';

/** What a person may say of a batch; the rung of the evidence ladder it stands on. */
export const wordRungs = ['stored', 'received'] as const;
export type WordRung = (typeof wordRungs)[number];

/** How they said it. */
export const wordChannels = ['phone', 'mail', 'portal'] as const;
export type WordChannel = (typeof wordChannels)[number];

/**
 * Refuses a word that cannot be true: about a batch that has not left, or said before it left or after now. Times are
 * milliseconds since 1970; people round to the minute, so the minute in which the batch left counts.
 *
 * Throws PersonsWordFault `batch-not-sent`, `word-in-future`, `word-before-delivery`.
 */
export function assertWordPossible(
  batch: { readonly id: string; readonly state: DeliveryState },
  leftMs: number,
  saidMs: number,
  nowMs: number,
): void {
  if (!hasLeft(batch.state)) {
    throw new PersonsWordFault('batch-not-sent', { batch: batch.id, state: batch.state });
  }
  if (saidMs > nowMs) throw new PersonsWordFault('word-in-future', { batch: batch.id });
  if (saidMs < Math.floor(leftMs / minuteMs) * minuteMs) {
    const leftAt = new Date(leftMs).toISOString();
    throw new PersonsWordFault('word-before-delivery', { batch: batch.id, leftAt });
  }
}

const minuteMs = 60_000;
