import { allocateMemory, wipeMemory } from './column-memory.ts';
import { IntakeFault } from './errors.ts';
import {
  hashBytes,
  HashSlots,
  SLOT_ENTRIES_MAX,
  slotEntry,
  slotMatches,
  slotValue,
} from './hash-slots.ts';

const NONE = -1;
const firstBytes = 4_096;
const firstEntries = 256;

/**
 * Distinct byte sequences, numbered from 0 in the order they came: one byte column, one column of offsets and an index
 * over both. 12 to 20 bytes per entry besides its own, as columns double.
 *
 * Holds 4 GiB of bytes and 67 million entries; beyond that `intern` throws `too-many-records`.
 */
export class ByteArena {
  /** Number of distinct sequences. */
  count = 0;
  /** Whether the latest `intern` met its sequence for the first time. */
  wasNew = false;
  #bytes = new Uint8Array(allocateMemory(firstBytes));
  #ends = new Uint32Array(allocateMemory(firstEntries * 4));
  #index = new HashSlots(firstEntries);

  /** Number of the sequence `bytes[start, end)`, which is copied when it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const at = this.#slotOf(hash, bytes, start, end);
    const slot = this.#index.slots[at]!;
    this.wasNew = slot === 0;
    if (!this.wasNew) return slotEntry(slot);
    if (this.count === SLOT_ENTRIES_MAX) throw full();
    const number = this.count++;
    this.#store(bytes, start, end, number);
    this.#index.slots[at] = slotValue(hash, number);
    if (this.count * 2 > this.#index.mask) this.#rehash();
    return number;
  }

  /** Number of the sequence, or -1 where it was never interned. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const slot = this.#index.slots[this.#slotOf(hashBytes(bytes, start, end), bytes, start, end)]!;
    return slot === 0 ? NONE : slotEntry(slot);
  }

  /** The bytes themselves, as a view that the next `intern` may invalidate. */
  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.#startOf(number), this.#ends[number]);
  }

  wipe(): void {
    wipeMemory(this.#bytes);
    wipeMemory(this.#ends);
    this.count = 0;
    this.#index.clear();
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!;
  }

  /** The slot of the sequence, or the empty one where it belongs. */
  #slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const { slots, mask } = this.#index;
    let at = hash & mask;
    for (;;) {
      const slot = slots[at]!;
      if (slot === 0) return at;
      if (slotMatches(slot, hash) && this.#holds(slotEntry(slot), bytes, start, end)) return at;
      at = (at + 1) & mask;
    }
  }

  #holds(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = this.#startOf(number);
    if (this.#ends[number]! - at !== end - start) return false;
    const own = this.#bytes;
    for (let i = start; i < end; i++) if (own[at++] !== bytes[i]) return false;
    return true;
  }

  #store(bytes: Uint8Array, start: number, end: number, number: number): void {
    const at = this.#startOf(number);
    const needed = at + (end - start);
    if (needed > 0xffff_ffff) throw full();
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(allocateMemory(Math.max(needed, this.#bytes.length * 2)));
      larger.set(this.#bytes);
      wipeMemory(this.#bytes);
      this.#bytes = larger;
    }
    if (number === this.#ends.length) {
      const longer = new Uint32Array(allocateMemory(this.#ends.length * 8));
      longer.set(this.#ends);
      this.#ends = longer;
    }
    for (let i = start, to = at; i < end; i++) this.#bytes[to++] = bytes[i]!;
    this.#ends[number] = needed;
  }

  #rehash(): void {
    this.#index = new HashSlots(this.#index.mask + 1);
    for (let number = 0; number < this.count; number++) {
      this.#index.put(hashBytes(this.#bytes, this.#startOf(number), this.#ends[number]!), number);
    }
  }
}

function full(): IntakeFault {
  return new IntakeFault('too-many-records', { max: SLOT_ENTRIES_MAX });
}
