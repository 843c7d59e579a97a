import { contradictsStanding, isUnaccepted } from '../../domain/responses/disputed.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { AnswersRead } from '../responses/response-register.ts';
import type { ArrivalBook } from './arrival-book.ts';

export interface DisputePorts {
  readonly cardAnswers: Pick<CardAnswersRead, 'list' | 'refused'>;
  readonly responses: Pick<AnswersRead, 'list'>;
  readonly arrivals: Pick<ArrivalBook, 'inState'>;
}

/**
 * Ids of those of these batches about which an answer came that takes back what was said before, or may do so
 * (`contradictsStanding`), and of which no officer has said what becomes of it: neither taken in nor settled, in quarantine
 * or refused by hand.
 */
export async function disputedBatches(
  { cardAnswers, responses, arrivals }: DisputePorts,
  batches: readonly Pick<BatchRow, 'id' | 'recipient'>[],
): Promise<ReadonlySet<string>> {
  const disputed = new Set<string>();
  for (const [recipient, listed] of Map.groupBy(batches, (batch) => batch.recipient)) {
    const quarantined = await arrivals.inState('quarantined', recipient);
    for (const { id } of listed) {
      const refused = await cardAnswers.refused(id);
      const own = quarantined.filter(({ batch }) => batch === id);
      if (refused.length + own.length === 0) continue;
      const answers = await cardAnswers.list(id);
      // Of what a batch holds, cards or references, one of the two has answers.
      const taken = new Set([...answers, ...(await responses.list(id))].map((one) => one.sha256));
      const aside = own.filter(({ code }) => contradictsStanding(code, taken.size > 0));
      // What an officer took in from there lies there until the next round closes it.
      const isAside = aside.some(({ sha256 }) => !taken.has(sha256));
      if (isAside || isUnaccepted(refused, answers)) disputed.add(id);
    }
  }
  return disputed;
}
