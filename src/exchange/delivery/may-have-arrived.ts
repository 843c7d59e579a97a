import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';

/** On its way, and nobody knows how far it came; what was written lies where its recipient may have taken it. */
const perhapsThere: readonly DeliveryState[] = [
  ...(['publishing', 'presumed', 'conflict', 'written', 'partly-read'] as const),
];

/** Whether a file may be with its recipient, where nobody says that it is: also of one that was given up or ended since. */
export function mayHaveArrived({
  state,
  evidence,
  attempts,
  availableAt,
}: Pick<BatchRow, 'state' | 'evidence' | 'attempts' | 'availableAt'>): boolean {
  if (perhapsThere.includes(state) || evidence?.sentBytes !== undefined) return true;
  // An attempt that is known to have failed leaves no time from which its recipient could have the file.
  return state === 'cancelled' && attempts > 0 && availableAt !== undefined;
}
