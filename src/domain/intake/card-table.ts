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

const NONE = -1;
const firstCards = 1_024;

/**
 * The distinct cards of one prepare in input order, as columns of equal length; a card is its place in them. Places
 * from `count` on are zero. Adding may replace the columns: read them from the table each time.
 *
 * 57 bytes of columns and 8 of index per place; 67 million cards at most, beyond which `add`
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
  /** Records folded into the card. */
  rows = new Uint32Array(allocateMemory(firstCards * 4));
  /** Distinct references. */
  references = new Uint32Array(allocateMemory(firstCards * 4));
  /** Number in the reference arena, or -1. */
  firstReference = new Int32Array(allocateMemory(firstCards * 4));
  #index = new HashSlots(firstCards);

  /** Place of the card whose packed PAN stands in the first 10 bytes of `scratch`; `wasNew` tells if it is new. */
  add(scratch: Uint8Array): number {
    const { slots, mask } = this.#index;
    const hash = hashPacked(scratch, 0);
    let place = hash & mask;
    for (;;) {
      const slot = slots[place]!;
      if (slot === 0) break;
      if (slotMatches(slot, hash) && this.#holds(slotEntry(slot), scratch)) {
        this.wasNew = false;
        return slotEntry(slot);
      }
      place = (place + 1) & mask;
    }
    const card = this.count;
    if (card === SLOT_ENTRIES_MAX) {
      throw new IntakeFault('too-many-records', { max: SLOT_ENTRIES_MAX });
    }
    if (card === this.brand.length) return this.#growAndAdd(scratch);
    slots[place] = slotValue(hash, card);
    const at = card * PACKED_PAN_BYTES;
    for (let i = 0; i < PACKED_PAN_BYTES; i++) this.packed[at + i] = scratch[i]!;
    this.firstSeen[card] = Number.NaN;
    this.lastSeen[card] = Number.NaN;
    this.firstReference[card] = NONE;
    this.count = card + 1;
    this.wasNew = true;
    return card;
  }

  /** Zeroes all columns and forgets the cards. */
  wipe(): void {
    for (const column of this.#columns()) wipeMemory(column);
    this.#index.clear();
    this.count = 0;
  }

  #holds(card: number, scratch: Uint8Array): boolean {
    const packed = this.packed;
    const at = card * PACKED_PAN_BYTES;
    for (let i = 0; i < PACKED_PAN_BYTES; i++) if (packed[at + i] !== scratch[i]) return false;
    return true;
  }

  #growAndAdd(scratch: Uint8Array): number {
    this.packed = longer(this.packed, Uint8Array);
    this.expiry = longer(this.expiry, Uint16Array);
    this.brand = longer(this.brand, Uint8Array);
    this.bin = longer(this.bin, Int32Array);
    this.recipient = longer(this.recipient, Int16Array);
    this.windows = longer(this.windows, Uint32Array);
    this.firstSeen = longer(this.firstSeen, Float64Array);
    this.lastSeen = longer(this.lastSeen, Float64Array);
    this.firstSource = longer(this.firstSource, Uint16Array);
    this.firstLine = longer(this.firstLine, Uint32Array);
    this.rows = longer(this.rows, Uint32Array);
    this.references = longer(this.references, Uint32Array);
    this.firstReference = longer(this.firstReference, Int32Array);
    this.#index = new HashSlots(this.brand.length);
    for (let card = 0; card < this.count; card++) {
      this.#index.put(hashPacked(this.packed, card * PACKED_PAN_BYTES), card);
    }
    return this.add(scratch);
  }

  #columns(): ArrayBufferView[] {
    return [
      ...[this.packed, this.expiry, this.brand, this.bin, this.recipient, this.windows],
      ...[this.firstSeen, this.lastSeen, this.firstSource, this.firstLine],
      ...[this.rows, this.references, this.firstReference],
    ];
  }
}

interface Column extends ArrayBufferView {
  readonly length: number;
  set(from: ArrayLike<number>): void;
}

/** Twice the column with the same content; the old memory is zeroed. */
function longer<C extends Column>(column: C, make: new (memory: ArrayBufferLike) => C): C {
  const copy = new make(allocateMemory(column.byteLength * 2));
  copy.set(column as unknown as ArrayLike<number>);
  wipeMemory(column);
  return copy;
}

function hashPacked(packed: Uint8Array, at: number): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < PACKED_PAN_BYTES; i++) {
    hash = Math.imul(hash ^ packed[at + i]!, 0x0100_0193);
  }
  return mix(hash);
}
