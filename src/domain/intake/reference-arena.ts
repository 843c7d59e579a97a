import { ByteArena } from './byte-arena.ts';
import { CardlessRecords, type CardlessColumns } from './cardless-records.ts';
import type { CardTable } from './card-table.ts';
import { allocateMemory } from './column-memory.ts';
import { mix } from './hash-slots.ts';
import { ListedOrders, type ListedColumns } from './listed-orders.ts';

const NONE = -1;
const firstLinks = 256;

/**
 * What was gathered, as plain columns over shared memory that any thread can read: texts and where each ends; per
 * reference its windows; per card its latest link to a further reference plus 1, and per link the reference and the link
 * before it, or -1. Windows and latest links end early where only zeros would follow.
 */
export interface ReferenceColumns {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly windows: Uint32Array;
  readonly latestLinks: Int32Array;
  readonly linked: Int32Array;
  readonly nextLinks: Int32Array;
  readonly cardless: CardlessColumns;
  readonly listed: ListedColumns;
}

/**
 * Order references of the cards of one prepare: distinct texts as normalised UTF-8, and which card has which.
 *
 * A card's first reference stands in the card table; only further ones take a link (12 bytes and a place in the index
 * over pairs), so that the common card with one order costs nothing here.
 */
export class ReferenceArena {
  /** References of records in scope that became no card; they count as no references of cards. */
  readonly cardless = new CardlessRecords();
  /** References of orders that count only where a list names their card; likewise. */
  readonly listed = new ListedOrders();
  readonly #texts = new ByteArena();
  #links = 0;
  #card = new Int32Array(allocateMemory(firstLinks * 4));
  #reference = new Int32Array(allocateMemory(firstLinks * 4));
  #next = new Int32Array(allocateMemory(firstLinks * 4));
  #slots = new Int32Array(allocateMemory(firstLinks * 8)).fill(NONE);
  /** Per reference, the windows its own records matched, one bit each. */
  #windows = new Uint32Array(allocateMemory(firstLinks * 4));
  /** Per card, its latest link plus 1; as long as the last card with more than one reference needs. */
  #latest = new Int32Array(allocateMemory(firstLinks * 4));

  /** Number of distinct references. */
  get count(): number {
    return this.#texts.count;
  }

  /** Number of the reference whose normalised UTF-8 bytes are `bytes[start, end)`, hashed by `hashBytes`. */
  intern(bytes: Uint8Array, start: number, end: number, hash?: number): number {
    return this.#texts.intern(bytes, start, end, hash);
  }

  /** References there is room for. */
  get capacity(): number {
    return this.#texts.capacity;
  }

  /** Makes room for so many references: see `ByteArena.reserve`. */
  reserve(references: number): void {
    this.#texts.reserve(references);
    if (references > this.#windows.length) this.#lengthenWindows(references);
  }

  /** Prepares interning references by their hashes: see `HashSlots.warm`. */
  warm(words: Int32Array, from: number, to: number, step: number): number {
    return this.#texts.warm(words, from, to, step);
  }

  /** Lets go of what only adding needs; nothing may be added afterwards. */
  settle(): void {
    this.#texts.settle();
  }

  /** UTF-8 bytes of a reference, as a view that the next `intern` may invalidate. */
  bytesOf(reference: number): Uint8Array {
    return this.#texts.bytesOf(reference);
  }

  /** The texts of all references, and where each ends. The columns are replaced when references are added. */
  get texts(): { readonly referenceBytes: Uint8Array; readonly referenceEnds: Uint32Array } {
    const { bytes, ends } = this.#texts.columns;
    return { referenceBytes: bytes, referenceEnds: ends };
  }

  /** All that is held, as it is now. Columns are replaced when references are added. */
  get columns(): ReferenceColumns {
    return {
      count: this.count,
      ...this.#texts.columns,
      windows: this.#windows,
      latestLinks: this.#latest,
      linked: this.#reference,
      nextLinks: this.#next,
      cardless: this.cardless.columns,
      listed: this.listed.columns,
    };
  }

  /** Adds a reference to a card and keeps the card's `references` and `firstReference`; a known pair changes nothing. */
  link(cards: CardTable, card: number, reference: number): void {
    if (cards.references[card] === 0) {
      cards.references[card] = 1;
      cards.firstReference[card] = reference;
      return;
    }
    if (cards.firstReference[card] === reference) return;
    const slot = this.#slotOf(card, reference);
    if (this.#slots[slot] !== NONE) return;
    const link = this.#append(card, reference);
    this.#slots[slot] = link;
    cards.references[card]! += 1;
    if (this.#links * 4 > this.#slots.length * 3) this.#rehash();
  }

  /** Notes that a record with this reference matched these windows: of the card, records under other references count too. */
  expose(reference: number, windows: number): void {
    if (reference >= this.#windows.length) this.#lengthenWindows(this.#windows.length * 2);
    this.#windows[reference]! |= windows;
  }

  /** All references of a card, in the order they came. */
  listOf(cards: CardTable, card: number): number[] {
    const further: number[] = [];
    let link = (this.#latest[card] ?? 0) - 1;
    for (; link !== NONE; link = this.#next[link]!) further.push(this.#reference[link]!);
    const first = cards.firstReference[card]!;
    return first === NONE ? [] : [first, ...further.reverse()];
  }

  wipe(): void {
    this.#texts.wipe();
    this.#links = 0;
    this.#latest.fill(0);
    this.#windows.fill(0);
    this.cardless.wipe();
    this.listed.wipe();
    this.#slots.fill(NONE);
  }

  #lengthenWindows(references: number): void {
    const longer = new Uint32Array(allocateMemory(references * 4));
    longer.set(this.#windows);
    this.#windows = longer;
  }

  #append(card: number, reference: number): number {
    if (this.#links === this.#card.length) {
      this.#card = doubled(this.#card);
      this.#reference = doubled(this.#reference);
      this.#next = doubled(this.#next);
    }
    while (card >= this.#latest.length) this.#latest = doubled(this.#latest);
    const link = this.#links++;
    this.#card[link] = card;
    this.#reference[link] = reference;
    this.#next[link] = this.#latest[card]! - 1;
    this.#latest[card] = link + 1;
    return link;
  }

  #slotOf(card: number, reference: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashPair(card, reference) & mask;
    for (;;) {
      const link = this.#slots[slot]!;
      if (link === NONE) return slot;
      if (this.#card[link] === card && this.#reference[link] === reference) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(allocateMemory(this.#slots.length * 8)).fill(NONE);
    const mask = this.#slots.length - 1;
    for (let link = 0; link < this.#links; link++) {
      let slot = hashPair(this.#card[link]!, this.#reference[link]!) & mask;
      while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
      this.#slots[slot] = link;
    }
  }
}

function doubled(column: Int32Array): Int32Array {
  const longer = new Int32Array(allocateMemory(column.length * 8));
  longer.set(column);
  return longer;
}

function hashPair(card: number, reference: number): number {
  return mix(Math.imul(card ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(reference, 0xc2b2_ae35)) >>> 0;
}
