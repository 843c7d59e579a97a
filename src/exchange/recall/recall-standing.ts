import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { countCards } from '../../domain/responses/standing-cards.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import { batchesOfIncident } from './incident-recalls.ts';

/** Where one recall file stands, and what was answered to it. */
export interface RecallStanding {
  /** The batch of which it recalls cards, and the handoff of that. */
  readonly recalled: string;
  readonly recalledHandoff: string;
  readonly recipient: string;
  readonly cards: number;
  readonly handoff: string;
  readonly batch: string;
  readonly state: DeliveryState;
  /** Cards that the recipient says they set aside, and cards that they do not. */
  readonly accepted: number;
  readonly returned: number;
}

/** The recalls of an incident that were not withdrawn, the oldest first. */
export async function recallStandings(
  ports: {
    readonly handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>;
    readonly cardAnswers: CardAnswersRead;
  },
  incident: string,
): Promise<readonly RecallStanding[]> {
  const { lists, recalls } = await batchesOfIncident(ports.handoffs, incident);
  return Promise.all(
    recalls
      .filter(({ state }) => state !== 'cancelled')
      .map(
        async ({ id: batch, handoff, recipient, cards, state, recalls: { batch: recalled } }) => {
          const { cards: standing } = await ports.cardAnswers.standing(batch, cards);
          const { accepted, returned } = countCards(standing);
          const recalledHandoff = lists.find(({ id }) => id === recalled)?.handoff ?? '';
          return {
            ...{ recalled, recalledHandoff, recipient, cards, handoff, batch, state },
            ...{ accepted, returned },
          };
        },
      ),
  );
}
