import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { PersonsWordFault } from '../../domain/handoff/word-errors.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';

/** States in which its recipient may have the file, and so may answer. */
const answerable: readonly DeliveryState[] = [
  ...(['stored', 'written', 'presumed', 'conflict', 'publishing'] as const),
  ...(['partly-read', 'read', 'taken'] as const),
];

/** Throws `response-of-cards` for a batch without references, `batch-not-sent` for one that nobody can have yet. */
export function assertAnswerable(batch: BatchRow): void {
  if (batch.subject !== 'references') {
    throw new ResponsesFault('response-of-cards', { batch: batch.id });
  }
  assertSent(batch);
}

/** An offer that ended, or was made again, after some of the file was fetched: they may have all of it. */
const opened: readonly DeliveryState[] = ['offered', 'expired'];

/** Whether an answer to a batch is taken as it stands; none is waited for otherwise. */
export function isAnswerable({ state, evidence }: Pick<BatchRow, 'state' | 'evidence'>): boolean {
  if (answerable.includes(state)) return true;
  return opened.includes(state) && evidence?.sentBytes !== undefined;
}

/** Throws `batch-not-sent` for a batch that nobody can have yet. */
export function assertSent(batch: BatchRow): void {
  if (!isAnswerable(batch)) {
    throw new PersonsWordFault('batch-not-sent', { batch: batch.id, state: batch.state });
  }
}
