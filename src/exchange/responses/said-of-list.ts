import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import { saidByIssuer } from '../../domain/responses/said-by-issuer.ts';
import type { SaidOfIssuer } from '../../domain/responses/said-by-issuer.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { returnedSince } from './answered-cards.ts';
import type { CardAnswersRead } from './card-answers.ts';

/** What recipients answered about a list of cards. */
export interface SaidOfList {
  readonly answers: number;
  readonly isSigned: boolean;
  readonly firstAtMs: number;
  readonly takenInAtMs: number;
  /** Cards that came back and that nobody settled. */
  readonly returned: number;
  readonly byIssuer: ReadonlyMap<string, SaidOfIssuer>;
}

/**
 * What was answered about the cards of a list that do not stand recalled; undefined where nothing was. `cardsOf`: how many
 * of an issuer these are.
 */
export async function saidOfList(
  cardAnswers: Pick<CardAnswersRead, 'standing'>,
  { id, cards, firstReference, issuers }: BatchRow,
  recalls: readonly RecallBatch[],
  cardsOf: (issuer: string) => number,
): Promise<SaidOfList | undefined> {
  const found = await cardAnswers.standing(id, cards);
  const { answers, isSigned, firstAtMs, takenInAtMs, settledCards, takenBack } = found;
  if (answers === 0) return undefined;
  const runs = recalls.filter((each) => each.recalls.batch === id).map((each) => each.recalls.runs);
  const isListed = (place: number): boolean => !runs.some((each) => holdsPlace(each, place));
  const list = { firstReference, issuers, isListed, cardsOf };
  return {
    ...{ answers, isSigned, firstAtMs, takenInAtMs },
    returned: returnedSince(found.cards, settledCards, (record) =>
      isListed(record - firstReference),
    ),
    byIssuer: saidByIssuer(list, found.cards, takenBack),
  };
}
