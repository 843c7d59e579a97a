const entryBits = 26;
const entryMask = (1 << entryBits) - 1;

/** Entries an index can hold: slots keep the rest of their 32 bits for a piece of the hash. */
export const SLOT_ENTRIES_MAX = entryMask;

/**
 * An open-addressing index over entries numbered from 0: slots hold the entry's number plus 1 in 26 bits and six bits of
 * its hash, so that nearly every slot of another entry is passed without a look at the entry itself. 0 is empty, and
 * fresh memory is. Grown by its owner, which knows the hashes; at most three quarters full, it takes 5.3 to 10.7 bytes per
 * entry.
 */
export class HashSlots {
  readonly slots: Uint32Array<ArrayBuffer>;
  readonly mask: number;

  /** Room for so many entries at least. */
  constructor(entries: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, (entries * 4) / 3 + 1)));
    this.slots = new Uint32Array(slots);
    this.mask = slots - 1;
  }

  /** Whether another entry beside `entries` would make it too full. */
  isFull(entries: number): boolean {
    return entries * 4 >= this.slots.length * 3;
  }

  /**
   * Brings the slots of some hashes into the processor's cache, many at a time: looked up one after the other, each
   * would be waited for on its own. The hashes are every `step`th of `words[from, to)`. Returns nothing of meaning, so
   * that the reads are not left out.
   */
  warm(words: Int32Array, from: number, to: number, step: number): number {
    const { slots, mask } = this;
    let seen = 0;
    for (let at = from; at < to; at += step) seen ^= slots[words[at]! & mask]!;
    return seen;
  }

  /** Places an entry in the first free slot of its hash; the caller knows that it is not in yet. */
  put(hash: number, entry: number): void {
    let at = hash & this.mask;
    while (this.slots[at] !== 0) at = (at + 1) & this.mask;
    this.slots[at] = slotValue(hash, entry);
  }

  /** Gives the memory back at once: tens of megabytes, which the collector would leave for later. Of no use afterwards. */
  release(): void {
    this.slots.buffer.transfer(0);
  }
}

/** What a slot holds for an entry. */
export function slotValue(hash: number, entry: number): number {
  return ((hash & ~entryMask) | (entry + 1)) >>> 0;
}

/** Whether an occupied slot may belong to the hash. */
export function slotMatches(slot: number, hash: number): boolean {
  return ((slot ^ hash) & ~entryMask) === 0;
}

/** The entry of an occupied slot. */
export function slotEntry(slot: number): number {
  return (slot & entryMask) - 1;
}

/**
 * Hashes a byte sequence, four bytes at a time, with a final mix: keys that differ in their last digits spread over all
 * slots, and the upper bits over pieces. No protection against an author who looks for collisions: they cost time only.
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c_9dc5 ^ (end - start);
  let at = start;
  for (const whole = end - 3; at < whole; at += 4) {
    const word =
      bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x0100_0193);
  return mix(hash);
}

export function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
