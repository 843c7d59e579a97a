import type { DeliveryState } from '../domain/handoff/delivery-states.ts';
import { PersonsWordFault } from '../domain/handoff/word-errors.ts';
import { ResponsesFault } from '../domain/responses/errors.ts';
import type { BatchRow } from './handoff-register.ts';

/** States in which somebody may have the file, and so may answer. */
const answerable: readonly DeliveryState[] = [
  ...(['stored', 'written', 'presumed', 'conflict', 'publishing'] as const),
];

/** Throws `response-of-cards` for a batch without references, `batch-not-sent` for one that nobody can have yet. */
export function assertAnswerable(batch: BatchRow): void {
  if (batch.subject !== 'references') {
    throw new ResponsesFault('response-of-cards', { batch: batch.id });
  }
  if (!answerable.includes(batch.state)) {
    throw new PersonsWordFault('batch-not-sent', { batch: batch.id, state: batch.state });
  }
}
