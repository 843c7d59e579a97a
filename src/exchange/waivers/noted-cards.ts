import type { ExceptionKind } from '../../domain/waivers/waiver-exceptions.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { IssuerReadiness } from '../incident/issuer-readiness.ts';
import { isRecalledBy } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { issuersOfCards, listingKey } from './issuers-of-cards.ts';
import type { NotedCard, WaiverExceptions } from './waiver-exceptions.ts';

/** Every list of these card companies, once. */
export function listsOfAll(issuers: readonly IssuerReadiness[]): readonly BatchRow[] {
  const lists = issuers.flatMap(({ batches }) => batches);
  return [...new Map(lists.map((list) => [list.id, list])).values()];
}

/** Cards of which this counts, each once, on however many lists it is. */
export function cardsWith(noted: readonly NotedCard[], kind: ExceptionKind): number {
  const own = noted.filter(({ exception }) => exception === kind);
  return new Set(own.map(({ first }) => listingKey(first))).size;
}

/**
 * What counts of cards on these lists of an incident that were not recalled from there. It follows a card from list to list,
 * but not to one on which the issuer table knows it as another company's: that one has said nothing of it.
 */
export async function notedCards(
  ports: {
    readonly handoffs: Pick<HandoffRegister, 'cardPages'>;
    readonly exceptions: Pick<WaiverExceptions, 'ofIncident'>;
  },
  incident: string,
  lists: readonly BatchRow[],
  recalls: readonly RecallBatch[],
): Promise<readonly NotedCard[]> {
  const ids = new Set(lists.map(({ id }) => id));
  const noted = (await ports.exceptions.ofIncident(incident)).filter(
    (card) => ids.has(card.batch) && !isRecalledBy(recalls, card),
  );
  const carried = noted.filter(({ isCarried }) => isCarried);
  const issuers = await issuersOfCards(ports.handoffs, lists, carried);
  return noted.filter((card) => !card.isCarried || issuers.get(listingKey(card)) === card.issuer);
}
