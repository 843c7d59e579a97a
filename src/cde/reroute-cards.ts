import type { CardTable } from '../domain/intake/card-table.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import type { IncidentRouter } from './route-cards.ts';

/**
 * Gives each card that was seen at several merchants the recipient of the first route that takes it from one of them.
 * While records came in, it had that of its first record; now the order of sources plays no part.
 */
export function rerouteCards(
  cards: CardTable,
  { sets, ofCard }: MerchantBook,
  router: IncidentRouter,
): void {
  if (!router.dependsOnMerchant) return;
  for (let card = 0; card < cards.count; card += 1) {
    const set = ofCard[card]!;
    if (sets.parents[set] === 0) continue;
    const merchants = sets.listOf(set);
    cards.recipient[card] = router.recipientOfAny(cards.bin[card]!, cards.brand[card]!, merchants);
  }
}
