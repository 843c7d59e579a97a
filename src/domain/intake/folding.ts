import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import { PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import type { RecordRows } from './record-rows.ts';

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

  /** Folds a row that passed all checks. Afterwards `wasNew` of the table tells a new card. */
  fold(rows: RecordRows, row: number, line: number): number {
    const cards = this.#cards;
    const card = cards.add(rows.packed, row * PACKED_PAN_BYTES, rows.cardHash[row]);
    this.differs = false;
    if (cards.wasNew) {
      this.#begin(card, rows, row, line);
      return card;
    }
    const expiry = rows.expiry[row]!;
    const seenMs = rows.seenMs[row]!;
    cards.windows[card]! |= rows.windows[row]!;
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

  #begin(card: number, rows: RecordRows, row: number, line: number): void {
    const cards = this.#cards;
    const bin = rows.bin[row]!;
    const brand = rows.brand[row]!;
    cards.brand[card] = brand;
    cards.bin[card] = bin;
    cards.recipient[card] = this.#router.recipientOf(bin, brand);
    cards.windows[card] = rows.windows[row]!;
    cards.firstSeen[card] = rows.seenMs[row]!;
    cards.lastSeen[card] = rows.seenMs[row]!;
    cards.expiry[card] = rows.expiry[row]!;
    cards.firstSource[card] = this.#source;
    cards.firstLine[card] = line;
  }
}
