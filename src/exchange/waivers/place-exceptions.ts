import { CARD_ROW_BYTES, readCardRow } from '../../domain/handoff/card-page.ts';
import type { ExceptionLine, NamedCard } from '../../domain/waivers/exception-lines.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import { notifiedHandoffs } from '../notices/listed-notices.ts';
import { isRecalledBy } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { cardsOfOrders, listedIn } from './cards-of-orders.ts';
import type { CardException, ListedCard } from './waiver-exceptions.ts';

/** Why a line is about no card that it could be noted of. */
export const unplacedReasons = ['unknown', 'ambiguous', 'elsewhere', 'twice'] as const;
export type Unplaced = (typeof unplacedReasons)[number];

export interface PlacedExceptions {
  /** Each card once. */
  readonly cards: readonly CardException[];
  readonly unplaced: readonly { readonly line: number; readonly why: Unplaced }[];
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
 * card of the incident has them. Reads pages of the lists concerned; of all where there are orders.
 */
export async function placeExceptions(
  handoffs: HandoffRegister,
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
  const issuers = await issuersOf(handoffs, lists, listed);
  const cards = new Map<string, CardException>();
  const unplaced: { line: number; why: Unplaced }[] = [];
  for (const { line, place, exception } of found) {
    if (typeof place === 'string') {
      unplaced.push({ line, why: place });
      continue;
    }
    const key = `${place.batch} ${place.record}`;
    const before = cards.get(key)?.exception ?? exception;
    if (issuers.get(key) !== issuer) unplaced.push({ line, why: 'elsewhere' });
    else if (before !== exception) unplaced.push({ line, why: 'twice' });
    else cards.set(key, { ...place, exception });
  }
  return { cards: [...cards.values()], unplaced };
}

/** The issuers of these cards, by batch and record. */
async function issuersOf(
  handoffs: Pick<HandoffRegister, 'cardPages'>,
  lists: readonly BatchRow[],
  listed: readonly ListedCard[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { id, firstReference, issuers } of lists) {
    const places = new Set(
      listed.flatMap(({ batch, record }) => (batch === id ? [record - firstReference] : [])),
    );
    if (places.size === 0) continue;
    for await (const { first, rows } of handoffs.cardPages(id)) {
      for (let at = 0; at < rows.length / CARD_ROW_BYTES; at += 1) {
        if (!places.has(first + at)) continue;
        const { issuerIndex } = readCardRow(rows, at);
        const key = `${id} ${firstReference + first + at}`;
        found.set(key, issuers[issuerIndex]?.issuer ?? '');
      }
    }
  }
  return found;
}
