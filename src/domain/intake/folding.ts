import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import {
  ROW_BIN,
  ROW_BYTES,
  ROW_CARD_HASH,
  ROW_EXPIRY,
  ROW_PACKED,
  ROW_SEEN,
  ROW_VERDICT,
  ROW_WINDOWS,
  ROW_WORDS,
  type RecordRows,
} from './record-rows.ts';

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
  fold(rows: RecordRows, row: number, line: number, merchant: number): number {
    const cards = this.#cards;
    const { words } = rows;
    const at = row * ROW_WORDS;
    const packedAt = row * ROW_BYTES + ROW_PACKED * 4;
    const card = cards.add(rows.bytes, packedAt, words[at + ROW_CARD_HASH]);
    const expiry = words[at + ROW_EXPIRY]! & 0xffff;
    const seenMs = rows.moments[(at + ROW_SEEN) >> 1]!;
    this.differs = false;
    if (cards.wasNew) {
      this.#begin(card, words, at, line, merchant);
      cards.expiry[card] = expiry;
      cards.firstSeen[card] = seenMs;
      cards.lastSeen[card] = seenMs;
      return card;
    }
    cards.windows[card]! |= words[at + ROW_WINDOWS]!;
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

  #begin(card: number, words: Int32Array, at: number, line: number, merchant: number): void {
    const cards = this.#cards;
    const bin = words[at + ROW_BIN]!;
    const brand = (words[at + ROW_VERDICT]! >>> 8) & 0xff;
    cards.brand[card] = brand;
    cards.bin[card] = bin;
    cards.recipient[card] = this.#router.recipientOf(bin, brand, merchant);
    cards.windows[card] = words[at + ROW_WINDOWS]!;
    cards.firstSource[card] = this.#source;
    cards.firstLine[card] = line;
  }
}
