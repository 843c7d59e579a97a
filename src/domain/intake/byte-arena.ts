import { allocateMemory, wipeMemory } from './column-memory.ts';

const EMPTY = -1;
const firstBytes = 4_096;
const firstEntries = 256;

/**
 * Distinct byte sequences, numbered from 0 in the order they came: one byte column, one column of offsets and an
 * open-addressing index over both. About 13 bytes per entry besides its own.
 *
 * Holds up to 4 GiB of bytes; beyond that `intern` throws RangeError.
 */
export class ByteArena {
  /** Number of distinct sequences. */
  count = 0;
  /** Whether the latest `intern` met its sequence for the first time. */
  wasNew = false;
  #bytes = new Uint8Array(allocateMemory(firstBytes));
  #ends = new Uint32Array(allocateMemory(firstEntries * 4));
  #slots = new Int32Array(allocateMemory(firstEntries * 2 * 4)).fill(EMPTY);

  /** Number of the sequence `bytes[start, end)`, which is copied when it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const slot = this.#slotOf(bytes, start, end);
    const known = this.#slots[slot]!;
    this.wasNew = known === EMPTY;
    if (!this.wasNew) return known;
    const number = this.count++;
    this.#store(bytes, start, end, number);
    this.#slots[slot] = number;
    if (this.count * 4 > this.#slots.length * 3) this.#rehash();
    return number;
  }

  /** Number of the sequence, or -1 where it was never interned. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#slots[this.#slotOf(bytes, start, end)]!;
  }

  /** The bytes themselves, as a view that the next `intern` may invalidate. */
  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.#startOf(number), this.#ends[number]);
  }

  wipe(): void {
    wipeMemory(this.#bytes);
    wipeMemory(this.#ends);
    this.count = 0;
    this.#slots.fill(EMPTY);
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!;
  }

  #slotOf(bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashBytes(bytes, start, end) & mask;
    for (;;) {
      const number = slots[slot]!;
      if (number === EMPTY || this.#holds(number, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
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
    if (needed > 0xffff_ffff) throw new RangeError('byte arena is full');
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
    this.#slots = new Int32Array(allocateMemory(this.#slots.length * 8)).fill(EMPTY);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.count; number++) {
      let slot = hashBytes(this.#bytes, this.#startOf(number), this.#ends[number]!) & mask;
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      this.#slots[slot] = number;
    }
  }
}

/** FNV-1a with a final mix: short keys that differ in their last digits spread over all slots. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c_9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
