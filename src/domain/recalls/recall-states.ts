import type { DeliveryState } from '../handoff/delivery-states.ts';

/**
 * States in which a recall file recalls nothing: it waits for its approval, or nobody got it and nobody is sending it. What
 * failed or expired may be sent again, and stands then.
 */
export const recallsNothing: readonly DeliveryState[] = ['built', 'cancelled', 'failed', 'expired'];

/** Whether a recall file in this state has its cards set aside, or may yet have. */
export function recallStands(state: DeliveryState): boolean {
  return !recallsNothing.includes(state);
}
