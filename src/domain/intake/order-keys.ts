import { ByteArena } from './byte-arena.ts';
import { allocateMemory } from './column-memory.ts';

const firstKeys = 256;

/**
 * The orders of a source that has a row per item. A row belongs to an order already read where its key is known and its
 * card number is empty or written as in the order's first row: an order paid with two cards loses neither.
 *
 * Keys are compared as bytes; card numbers by a 32-bit hash of their bytes, 0 for an empty one.
 */
export class OrderKeys {
  readonly #keys = new ByteArena();
  #firstNumbers = new Uint32Array(allocateMemory(firstKeys * 4));

  /** Number of distinct keys so far. */
  get count(): number {
    return this.#keys.count;
  }

  /** Makes room for so many keys: see `ByteArena.reserve`. */
  reserve(keys: number): void {
    const wanted = Math.ceil(keys);
    this.#keys.reserve(wanted);
    if (wanted > this.#firstNumbers.length) this.#lengthen(wanted);
  }

  /** Prepares asking for keys by their hashes: see `HashSlots.warm`. */
  warm(words: Int32Array, from: number, to: number, step: number): number {
    return this.#keys.warm(words, from, to, step);
  }

  /**
   * Notes the order with the key `bytes[start, end)`, hashed by `hashBytes`; true where the row is a further one of it,
   * never without a key.
   */
  isKnown(
    bytes: Uint8Array,
    start: number,
    end: number,
    hash: number,
    numberHash: number,
  ): boolean {
    if (start === end) return false;
    const key = this.#keys.intern(bytes, start, end, hash);
    if (!this.#keys.wasNew) return numberHash === 0 || this.#firstNumbers[key] === numberHash;
    if (key === this.#firstNumbers.length) this.#lengthen(key * 2);
    this.#firstNumbers[key] = numberHash;
    return false;
  }

  #lengthen(keys: number): void {
    const longer = new Uint32Array(allocateMemory(keys * 4));
    longer.set(this.#firstNumbers);
    this.#firstNumbers = longer;
  }

  /** Whether a row with this key and number is a further one of an order that was noted; notes nothing. */
  has(bytes: Uint8Array, start: number, end: number, numberHash: number): boolean {
    const key = this.#keys.find(bytes, start, end);
    return key >= 0 && (numberHash === 0 || this.#firstNumbers[key] === numberHash);
  }

  wipe(): void {
    this.#keys.wipe();
    this.#firstNumbers.fill(0);
  }
}
