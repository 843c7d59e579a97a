import type { DeliveryState } from '../handoff/delivery-states.ts';
import type { StandingCards } from '../responses/standing-cards.ts';

/**
 * States in which a recall file recalls nothing: it waits for its approval, nobody got it and nobody is sending it, or it was
 * read in part, which nothing but its recipient can end, and no hand-out goes on with once its plan is void. What failed or
 * expired may be sent again and what was read in part may be read whole: then it stands.
 */
const recallsNothing: readonly DeliveryState[] = [
  ...(['built', 'cancelled', 'failed', 'expired', 'partly-read'] as const),
];

/** Whether a recall file has its cards set aside, or may yet have. Who answers about them has it, whatever its state. */
export function recallStands(state: DeliveryState, { rest, own }: StandingCards): boolean {
  return rest !== undefined || own.size > 0 || !recallsNothing.includes(state);
}
