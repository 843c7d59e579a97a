import type { ExceptionLine, NamedCard } from '../../domain/waivers/exception-lines.ts';
import type { ExceptionValue } from '../../domain/waivers/waiver-exceptions.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { notifiedHandoffs } from '../notices/listed-notices.ts';
import { isRecalledBy } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { cardsOfOrders, listedIn } from './cards-of-orders.ts';
import { issuersOfCards, listingKey } from './issuers-of-cards.ts';
import type { CardException, ListedCard, WaiverExceptions } from './waiver-exceptions.ts';

/** Why a line is about no card that it could be noted of. */
export const unplacedReasons = ['unknown', 'ambiguous', 'elsewhere', 'twice'] as const;
export type Unplaced = (typeof unplacedReasons)[number];

export interface PlacedExceptions {
  /** Each listing once. */
  readonly cards: readonly CardException[];
  readonly unplaced: readonly { readonly line: number; readonly why: Unplaced }[];
}

interface PlacePorts {
  readonly handoffs: HandoffRegister;
  readonly exceptions: Pick<WaiverExceptions, 'listings'>;
}

/** The lists of an issuer that stand, and what was recalled of them. */
export interface StandingLists {
  readonly issuer: string;
  readonly lists: readonly BatchRow[];
  readonly recalls: readonly RecallBatch[];
}

/**
 * Which cards the lines mean, on the lists of an incident that stand. A record reference names one card. An order names
 * one where it was handed over in place of a card; else only by brand and last four digits, and so only where no second
 * card of the incident has them. Of a card one thing holds, by whichever of its listings it is named. Reads pages of the
 * lists concerned; of all where there are orders.
 */
export async function placeExceptions(
  { handoffs, exceptions }: PlacePorts,
  incident: string,
  { issuer, lists, recalls }: StandingLists,
  lines: readonly ExceptionLine[],
): Promise<PlacedExceptions> {
  const orders = lines.flatMap(({ card }) => ('order' in card ? [card] : []));
  const notified = orders.length === 0 ? [] : await notifiedHandoffs(handoffs, incident);
  const ofOrders = await cardsOfOrders(handoffs, notified, recalls, orders);
  const placeOf = (card: NamedCard): ListedCard | 'unknown' | 'ambiguous' => {
    const place =
      'record' in card ? (listedIn(lists, card.record) ?? 'unknown') : ofOrders(card, lists);
    return typeof place !== 'string' && isRecalledBy(recalls, place) ? 'unknown' : place;
  };
  const found = lines.map((line) => ({ ...line, place: placeOf(line.card) }));
  const listed = found.flatMap(({ place }) => (typeof place === 'string' ? [] : [place]));
  const issuers = await issuersOfCards(handoffs, lists, listed);
  const listings = await exceptions.listings(incident, listed);
  const firsts = new Map(listed.map((card, at) => [listingKey(card), listings[at]![0]!]));
  const said = new Map<string, ExceptionValue>();
  const cards = new Map<string, CardException>();
  const unplaced: { line: number; why: Unplaced }[] = [];
  for (const { line, place, exception } of found) {
    if (typeof place === 'string') {
      unplaced.push({ line, why: place });
      continue;
    }
    const key = listingKey(place);
    const card = listingKey(firsts.get(key)!);
    if (issuers.get(key) !== issuer) unplaced.push({ line, why: 'elsewhere' });
    else if ((said.get(card) ?? exception) !== exception) unplaced.push({ line, why: 'twice' });
    else {
      said.set(card, exception);
      cards.set(key, { ...place, exception });
    }
  }
  return { cards: [...cards.values()], unplaced };
}
