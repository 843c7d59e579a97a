import { PACKED_PAN_BYTES } from '../cards/packed-pan.ts';
import { allocateMemory, wipeMemory } from './column-memory.ts';
import { IntakeFault } from './errors.ts';
import {
  HashSlots,
  mix,
  SLOT_ENTRIES_MAX,
  slotEntry,
  slotMatches,
  slotValue,
} from './hash-slots.ts';
import type { WarnedRecords } from './warned-records.ts';

const NONE = -1;
const firstCards = 1_024;

/**
 * The distinct cards of one prepare in input order, as columns of equal length; a card is its place in them. Places
 * from `count` on are zero. Adding may replace the columns: read them from the table each time.
 *
 * 53 bytes of columns per place and 5.3 to 10.7 of index; 67 million cards at most, beyond which `add`
 * throws `too-many-records`.
 */
export class CardTable {
  count = 0;
  /** Whether the latest `add` met its card for the first time. */
  wasNew = false;
  /** Packed PANs, 10 bytes each. */
  packed = new Uint8Array(allocateMemory(firstCards * PACKED_PAN_BYTES));
  /** year * 12 + month - 1; 0 where no row said one. */
  expiry = new Uint16Array(allocateMemory(firstCards * 2));
  brand = new Uint8Array(allocateMemory(firstCards));
  /** Entry of the issuer table, or -1. */
  bin = new Int32Array(allocateMemory(firstCards * 4));
  recipient = new Int16Array(allocateMemory(firstCards * 2));
  /** Matched windows, one bit each. */
  windows = new Uint32Array(allocateMemory(firstCards * 4));
  /** Milliseconds since the epoch; NaN where no row had a date. */
  firstSeen = new Float64Array(allocateMemory(firstCards * 8));
  lastSeen = new Float64Array(allocateMemory(firstCards * 8));
  firstSource = new Uint16Array(allocateMemory(firstCards * 2));
  firstLine = new Uint32Array(allocateMemory(firstCards * 4));
  /** Distinct references. */
  references = new Uint32Array(allocateMemory(firstCards * 4));
  /** Number in the reference arena, or -1. */
  firstReference = new Int32Array(allocateMemory(firstCards * 4));
  /** Undefined where every card will be sent, and nobody asks about which card a warning was. */
  readonly warned: WarnedRecords | undefined;
  #index = new HashSlots(firstCards);

  constructor(warned?: WarnedRecords) {
    this.warned = warned;
  }

  /** Cards there is room for. */
  get capacity(): number {
    return this.brand.length;
  }

  /** Place of the card whose packed PAN stands at `from` in `bytes`, hashed by `hashPacked`; `wasNew` tells a new one. */
  add(bytes: Uint8Array, from = 0, hash = hashPacked(bytes, from)): number {
    const { slots, mask } = this.#index;
    let place = hash & mask;
    for (;;) {
      const slot = slots[place]!;
      if (slot === 0) break;
      if (slotMatches(slot, hash) && this.#holds(slotEntry(slot), bytes, from)) {
        this.wasNew = false;
        return slotEntry(slot);
      }
      place = (place + 1) & mask;
    }
    const card = this.count;
    if (card === SLOT_ENTRIES_MAX) {
      throw new IntakeFault('too-many-records', { max: SLOT_ENTRIES_MAX });
    }
    if (card === this.brand.length || this.#index.isFull(card)) {
      this.reserve(Math.max(firstCards, card * 2));
      return this.add(bytes, from, hash);
    }
    slots[place] = slotValue(hash, card);
    const at = card * PACKED_PAN_BYTES;
    for (let i = 0; i < PACKED_PAN_BYTES; i++) this.packed[at + i] = bytes[from + i]!;
    this.firstSeen[card] = Number.NaN;
    this.lastSeen[card] = Number.NaN;
    this.firstReference[card] = NONE;
    this.count = card + 1;
    this.wasNew = true;
    return card;
  }

  /** Place of the card whose packed PAN stands at `from` in `bytes`; -1 where the table does not have it, or settled. */
  find(bytes: Uint8Array, from: number): number {
    const hash = hashPacked(bytes, from);
    const { slots, mask } = this.#index;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const slot = slots[place]!;
      if (slot === 0) return NONE;
      if (slotMatches(slot, hash) && this.#holds(slotEntry(slot), bytes, from)) {
        return slotEntry(slot);
      }
    }
  }

  /** Zeroes all columns and forgets the cards. */
  wipe(): void {
    for (const column of this.#columns()) wipeMemory(column);
    this.#replaceIndex(0);
    this.count = 0;
  }

  #holds(card: number, bytes: Uint8Array, from: number): boolean {
    const packed = this.packed;
    const at = card * PACKED_PAN_BYTES;
    for (let i = 0; i < PACKED_PAN_BYTES; i++) if (packed[at + i] !== bytes[from + i]) return false;
    return true;
  }

  /**
   * Makes room for so many cards, without moving them again before. Memory that is not written yet costs nothing but
   * addresses, so a guess may be generous.
   */
  reserve(cards: number): void {
    const places = Math.min(cards, SLOT_ENTRIES_MAX);
    if (places > this.brand.length) this.#lengthen(places);
    if (!this.#index.isFull(places)) return;
    this.#replaceIndex(places);
    for (let card = 0; card < this.count; card++) {
      this.#index.put(hashPacked(this.packed, card * PACKED_PAN_BYTES), card);
    }
  }

  /** Prepares adding cards by their hashes: see `HashSlots.warm`. */
  warm(words: Int32Array, from: number, to: number, step: number): number {
    return this.#index.warm(words, from, to, step);
  }

  /** Lets go of what only adding needs; nothing may be added afterwards. */
  settle(): void {
    this.#replaceIndex(0);
  }

  #replaceIndex(entries: number): void {
    this.#index.release();
    this.#index = new HashSlots(entries);
  }

  #lengthen(places: number): void {
    this.packed = longer(this.packed, Uint8Array, places * PACKED_PAN_BYTES);
    this.expiry = longer(this.expiry, Uint16Array, places);
    this.brand = longer(this.brand, Uint8Array, places);
    this.bin = longer(this.bin, Int32Array, places);
    this.recipient = longer(this.recipient, Int16Array, places);
    this.windows = longer(this.windows, Uint32Array, places);
    this.firstSeen = longer(this.firstSeen, Float64Array, places);
    this.lastSeen = longer(this.lastSeen, Float64Array, places);
    this.firstSource = longer(this.firstSource, Uint16Array, places);
    this.firstLine = longer(this.firstLine, Uint32Array, places);
    this.references = longer(this.references, Uint32Array, places);
    this.firstReference = longer(this.firstReference, Int32Array, places);
  }

  #columns(): ArrayBufferView[] {
    return [
      ...[this.packed, this.expiry, this.brand, this.bin, this.recipient, this.windows],
      ...[this.firstSeen, this.lastSeen, this.firstSource, this.firstLine],
      ...[this.references, this.firstReference],
    ];
  }
}

interface Make<C> {
  new (memory: ArrayBufferLike): C;
  readonly BYTES_PER_ELEMENT: number;
}

interface Column extends ArrayBufferView {
  readonly length: number;
  set(from: ArrayLike<number>): void;
}

/** The column with the same content and more places; the old memory is zeroed. */
function longer<C extends Column>(column: C, make: Make<C>, places: number): C {
  const copy = new make(allocateMemory(places * make.BYTES_PER_ELEMENT));
  copy.set(column as unknown as ArrayLike<number>);
  wipeMemory(column);
  return copy;
}

/** How `CardTable` hashes a packed PAN. */
export function hashPacked(packed: Uint8Array, at: number): number {
  const p = packed;
  const first = p[at]! | (p[at + 1]! << 8) | (p[at + 2]! << 16) | (p[at + 3]! << 24);
  const second = p[at + 4]! | (p[at + 5]! << 8) | (p[at + 6]! << 16) | (p[at + 7]! << 24);
  const rest = p[at + 8]! | (p[at + 9]! << 8);
  let hash = Math.imul(first, 0x9e37_79b1);
  hash = Math.imul((hash ^ (hash >>> 15)) + second, 0x85eb_ca77);
  hash = Math.imul((hash ^ (hash >>> 13)) + rest, 0xc2b2_ae3d);
  return mix(hash);
}
