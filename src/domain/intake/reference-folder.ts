import { PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import type { CardRouter } from './card-router.ts';
import type { CardTable } from './card-table.ts';
import type { MerchantBook } from './merchant-book.ts';
import { packReference } from './packed-reference.ts';
import {
  ROW_EXPIRY,
  ROW_REFERENCE_END,
  ROW_REFERENCE_HASH,
  ROW_SEEN,
  ROW_VERDICT,
  ROW_WINDOWS,
  ROW_WORDS,
  type RecordRows,
} from './record-rows.ts';
import type { ReferenceArena } from './reference-arena.ts';
import { referenceKinds, type ReferenceKind } from './source-kinds.ts';

/** Where the records of one source of references go. */
interface ReferenceRoom {
  readonly cards: CardTable;
  readonly references: ReferenceArena;
  /** Where the incident lists merchants, what those of all sources came to. */
  readonly merchants?: MerchantBook | undefined;
  readonly router: CardRouter;
  readonly source: number;
  readonly kind: ReferenceKind;
}

/**
 * Folds a record into its reference, which takes the place of a card in the table and keeps windows, first and last
 * moment like one. Its brand is the first record's, since the route went by it, and its last four digits are those of
 * the first record that says them; `differs` tells that this one says others.
 */
export class ReferenceFolder {
  differs = false;
  /** Where the reference of the last row stands in the table. */
  place = 0;
  readonly #room: ReferenceRoom;
  readonly #kind: number;
  readonly #packed = new Uint8Array(PACKED_PAN_BYTES);

  constructor(room: ReferenceRoom) {
    this.#room = room;
    this.#kind = referenceKinds.indexOf(room.kind);
  }

  /** Folds a row that passed all checks; true where the reference is new. One reference is of one merchant. */
  fold(rows: RecordRows, row: number, line: number, merchant: number): boolean {
    const { cards, references, merchants } = this.#room;
    const { words, text } = rows;
    const at = row * ROW_WORDS;
    const end = words[at + ROW_REFERENCE_END]!;
    const hash = words[at + ROW_REFERENCE_HASH];
    const reference = references.intern(text, rows.textEnd(row - 1), end, hash);
    references.expose(reference, words[at + ROW_WINDOWS]!);
    packReference(this.#kind, reference, this.#packed);
    const place = cards.add(this.#packed);
    this.place = place;
    merchants?.include(place, merchant);
    const seenMs = rows.moments[(at + ROW_SEEN) >> 1]!;
    this.differs = false;
    if (cards.wasNew) {
      this.#begin(place, words, at, line, merchant);
      cards.firstSeen[place] = seenMs;
      cards.lastSeen[place] = seenMs;
      references.link(cards, place, reference);
      merchants?.refer(merchant);
      return true;
    }
    this.#join(place, words, at);
    // Written so that an unknown moment, which is smaller and larger than nothing, never takes the place of a known one.
    if (!(cards.firstSeen[place]! <= seenMs) && !Number.isNaN(seenMs)) {
      cards.firstSeen[place] = seenMs;
    }
    if (!(cards.lastSeen[place]! >= seenMs) && !Number.isNaN(seenMs))
      cards.lastSeen[place] = seenMs;
    return false;
  }

  #begin(place: number, words: Int32Array, at: number, line: number, merchant: number): void {
    const { cards, router, source } = this.#room;
    const brand = brandOf(words, at);
    cards.brand[place] = brand;
    cards.bin[place] = -1;
    cards.recipient[place] = router.recipientOf(-1, brand, merchant);
    cards.windows[place] = words[at + ROW_WINDOWS]!;
    cards.expiry[place] = words[at + ROW_EXPIRY]! & 0xffff;
    cards.firstSource[place] = source;
    cards.firstLine[place] = line;
  }

  #join(place: number, words: Int32Array, at: number): void {
    const { cards } = this.#room;
    const brand = brandOf(words, at);
    const lastFour = words[at + ROW_EXPIRY]! & 0xffff;
    const knownBrand = cards.brand[place]!;
    const knownFour = cards.expiry[place]!;
    cards.windows[place]! |= words[at + ROW_WINDOWS]!;
    this.differs =
      (brand !== 0 && knownBrand !== 0 && brand !== knownBrand) ||
      (lastFour !== 0 && knownFour !== 0 && lastFour !== knownFour);
    if (knownFour === 0) cards.expiry[place] = lastFour;
  }
}

function brandOf(words: Int32Array, at: number): number {
  return (words[at + ROW_VERDICT]! >>> 8) & 0xff;
}
