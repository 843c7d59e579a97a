import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';

/** What one included record says about its card. */
export interface Exposure {
  /** One bit per matched window. */
  readonly windows: number;
  /** Milliseconds since the epoch; NaN where the record has no moment. */
  readonly seenMs: number;
  /** year * 12 + month - 1; 0 where the record has none. */
  readonly expiry: number;
}

/**
 * Folds a record into its card and returns the card's place. A card keeps the windows of all its rows, first and last
 * moment, and the expiry of its latest row that has one: later in time, or later in the input where times are equal or
 * missing. `differs` tells that the record's expiry was another than the card's.
 */
export class CardFolder {
  differs = false;
  readonly #cards: CardTable;
  readonly #router: CardRouter;
  readonly #source: number;

  constructor(cards: CardTable, router: CardRouter, source: number) {
    this.#cards = cards;
    this.#router = router;
    this.#source = source;
  }

  /** `packed` is the card, on which the router was asked last. Afterwards `wasNew` of the table tells a new card. */
  fold(packed: Uint8Array, line: number, exposure: Exposure): number {
    const cards = this.#cards;
    const card = cards.add(packed);
    this.differs = false;
    if (cards.wasNew) {
      this.#begin(card, line, exposure);
      return card;
    }
    const { expiry, seenMs } = exposure;
    cards.rows[card]! += 1;
    cards.windows[card]! |= exposure.windows;
    const known = cards.expiry[card]!;
    const last = cards.lastSeen[card]!;
    if (expiry !== 0 && expiry !== known) {
      this.differs = known !== 0;
      const isLater = seenMs >= last || last !== last;
      if (isLater || known === 0) cards.expiry[card] = expiry;
    }
    if (seenMs === seenMs) {
      if (last !== last || seenMs > last) cards.lastSeen[card] = seenMs;
      const first = cards.firstSeen[card]!;
      if (first !== first || seenMs < first) cards.firstSeen[card] = seenMs;
    }
    return card;
  }

  #begin(card: number, line: number, exposure: Exposure): void {
    const cards = this.#cards;
    const router = this.#router;
    cards.brand[card] = router.brandIndex;
    cards.bin[card] = router.binIndex;
    cards.recipient[card] = router.recipientIndex;
    cards.windows[card] = exposure.windows;
    cards.firstSeen[card] = exposure.seenMs;
    cards.lastSeen[card] = exposure.seenMs;
    cards.expiry[card] = exposure.expiry;
    cards.firstSource[card] = this.#source;
    cards.firstLine[card] = line;
    cards.rows[card] = 1;
  }
}
