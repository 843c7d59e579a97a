import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { PersonsWordFault } from '../../domain/handoff/word-errors.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import { mayHaveArrived } from '../delivery/may-have-arrived.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';

const withThem: readonly DeliveryState[] = ['stored', 'read', 'taken'];

/** Throws `response-of-cards` for a batch without references, `batch-not-sent` for one that nobody can have yet. */
export function assertAnswerable(batch: BatchRow): void {
  if (batch.subject !== 'references') {
    throw new ResponsesFault('response-of-cards', { batch: batch.id });
  }
  assertSent(batch);
}

/**
 * Whether an answer to a batch is taken as it stands: its recipient has the file, or may have it, also where an offer ended
 * or nobody waits for it any more.
 */
export function isAnswerable(batch: Parameters<typeof mayHaveArrived>[0]): boolean {
  return withThem.includes(batch.state) || mayHaveArrived(batch);
}

/** Throws `batch-not-sent` for a batch that nobody can have yet. */
export function assertSent(batch: BatchRow): void {
  if (!isAnswerable(batch)) {
    throw new PersonsWordFault('batch-not-sent', { batch: batch.id, state: batch.state });
  }
}
