import type { ExceptionLine } from '../../domain/waivers/exception-lines.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { isRecalledBy } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { cardsOfOrders, listedIn } from './cards-of-orders.ts';
import { issuersOfCards, listingKey } from './issuers-of-cards.ts';
import type {
  CardException,
  ListedCard,
  NotedCard,
  WaiverExceptions,
} from './waiver-exceptions.ts';

/** Why a line is about no card that it could be noted of. */
export const unplacedReasons = ['unknown', 'ambiguous', 'elsewhere', 'twice'] as const;
export type Unplaced = (typeof unplacedReasons)[number];

export interface PlacedExceptions {
  /** Each card once, on a list that stands; of `none` for one that is on none, where it was noted. */
  readonly cards: readonly CardException[];
  readonly unplaced: readonly { readonly line: number; readonly why: Unplaced }[];
}

interface PlacePorts {
  readonly handoffs: HandoffRegister;
  readonly exceptions: Pick<WaiverExceptions, 'listings'>;
}

/** The cards of an issuer that something can be noted of. */
export interface NotableCards {
  readonly issuer: string;
  /** Every list of the incident: what a record reference names stays the same, whatever became of its list. */
  readonly every: readonly BatchRow[];
  /** Those that stand, and what was recalled of them. */
  readonly lists: readonly BatchRow[];
  readonly recalls: readonly RecallBatch[];
  /** What counts of this issuer's cards on any list, also of recalled ones. */
  readonly noted: readonly NotedCard[];
}

/**
 * Which cards the lines mean, on the lists of an incident that stand. A record reference names one card, also on a later
 * list that sends it anew. An order names one where it was handed over in place of a card; else only by brand and last four
 * digits, and so only where no second card of the incident has them, wherever it was listed. Of a card one thing holds, by
 * whichever of its listings it is named. Of one that is on no list any more nothing can be noted; what was, can be withdrawn.
 * Reads pages of the lists concerned; of all where there are orders.
 */
export async function placeExceptions(
  ports: PlacePorts,
  incident: string,
  { issuer, every, lists, recalls, noted }: NotableCards,
  lines: readonly ExceptionLine[],
): Promise<PlacedExceptions> {
  const orders = lines.flatMap(({ card }) => ('order' in card ? [card] : []));
  const ofOrder = await cardsOfOrders(ports, incident, orders);
  const named = lines.map(({ card }) =>
    'record' in card ? (listedIn(every, card.record) ?? 'unknown') : ofOrder(card),
  );
  const listed = named.flatMap((card) => (typeof card === 'string' ? [] : [card]));
  const listings = await ports.exceptions.listings(incident, listed);
  const stands = (card: ListedCard): boolean =>
    listedIn(lists, card.record) !== undefined && !isRecalledBy(recalls, card);
  const found = new Map(listed.map((card, at) => [listingKey(card), listings[at]!]));
  const issuers = await issuersOfCards(ports.handoffs, lists, listings.flat().filter(stands));
  const whereNoted = new Set(noted.filter(({ isCarried }) => !isCarried).map(listingKey));
  const cards = new Map<string, CardException>();
  const unplaced: { line: number; why: Unplaced }[] = [];
  for (const [at, { line, exception }] of lines.entries()) {
    const card = named[at]!;
    const all = typeof card === 'string' ? [] : found.get(listingKey(card))!;
    const standing = all.filter(stands);
    const own =
      standing.findLast((each) => issuers.get(listingKey(each)) === issuer) ??
      (exception === 'none' ? all.find((each) => whereNoted.has(listingKey(each))) : undefined);
    if (own === undefined) {
      const why = standing.length > 0 ? 'elsewhere' : 'unknown';
      unplaced.push({ line, why: card === 'ambiguous' ? card : why });
      continue;
    }
    const key = listingKey(all[0]!);
    const isOther = (cards.get(key)?.exception ?? exception) !== exception;
    if (isOther) unplaced.push({ line, why: 'twice' });
    else cards.set(key, { ...own, exception });
  }
  return { cards: [...cards.values()], unplaced };
}
