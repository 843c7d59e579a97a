import { contradictsStanding, isUnaccepted } from '../../domain/responses/disputed.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { ArrivalBook } from './arrival-book.ts';

export interface DisputePorts {
  readonly cardAnswers: Pick<CardAnswersRead, 'list' | 'refused'>;
  readonly arrivals: Pick<ArrivalBook, 'inState'>;
}

/**
 * Ids of those of these batches about which an answer came that takes back what was said before, and of which no officer
 * has said what becomes of it: neither taken in nor settled, in quarantine or refused by hand.
 */
export async function disputedBatches(
  { cardAnswers, arrivals }: DisputePorts,
  batches: readonly Pick<BatchRow, 'id' | 'recipient'>[],
): Promise<ReadonlySet<string>> {
  const disputed = new Set<string>();
  for (const [recipient, own] of Map.groupBy(batches, (batch) => batch.recipient)) {
    const quarantined = (await arrivals.inState('quarantined', recipient)).filter(({ code }) =>
      contradictsStanding(code),
    );
    for (const { id } of own) {
      const refused = (await cardAnswers.refused(id)).filter(({ isSettled }) => !isSettled);
      const aside = quarantined.filter(({ batch }) => batch === id);
      if (refused.length + aside.length === 0) continue;
      const answers = await cardAnswers.list(id);
      // What an officer took in from there lies there until the next round closes it.
      const isAside = aside.some(({ sha256 }) => answers.every((one) => one.sha256 !== sha256));
      if (isAside || isUnaccepted(refused, answers)) disputed.add(id);
    }
  }
  return disputed;
}
