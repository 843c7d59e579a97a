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
const growth = 2;

/** Of so many sequences in a run, one may be looked for further back than the last; with more, an index costs less. */
const lookedBackOf = 16;
const lookedBackFree = 64;

/**
 * Distinct byte sequences, numbered from 0 in the order they came: one byte column, one column of offsets and an index
 * over both. 4 to 8 bytes per entry besides its own, as columns double, and 5 to 11 of index.
 *
 * Order numbers of an export run on, upwards or downwards. As long as they do, the sequences themselves are the index:
 * a longer one is larger, then bytes decide. One that breaks the run, or many looked up in its middle, have them all
 * indexed by their hashes.
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
  #index = new HashSlots(0);
  /** Whether the sequences so far are a run; then the index is empty. */
  #isRun = true;
  #isFalling = false;
  #lookedBack = 0;

  /** Number of the sequence `bytes[start, end)`, which is copied when it is new. `hash` is what `hashBytes` makes of it. */
  intern(bytes: Uint8Array, start: number, end: number, hash?: number): number {
    if (!this.#isRun) {
      return this.#internHashed(bytes, start, end, hash ?? hashBytes(bytes, start, end));
    }
    const found = this.#placeInRun(bytes, start, end);
    this.wasNew = found < 0;
    if (found >= 0) return found;
    if (absentAt(found) === this.count) return this.#append(bytes, start, end);
    this.#endRun();
    return this.#internHashed(bytes, start, end, hash ?? hashBytes(bytes, start, end));
  }

  /** Sequences there is room for. */
  get capacity(): number {
    return this.#ends.length;
  }

  /** Makes room for so many sequences of the length that those so far have, without moving them again. */
  reserve(entries: number): void {
    if (this.count === 0 || entries <= this.#ends.length) return;
    const wanted = Math.min(entries, SLOT_ENTRIES_MAX);
    // Doubling may have brought more of either than the guess asks for: a column never shrinks.
    const bytes = Math.ceil((this.#startOf(this.count) / this.count) * wanted);
    if (bytes > this.#bytes.length) this.#makeRoom(bytes);
    if (wanted > this.#ends.length) this.#makePlaces(wanted);
    if (!this.#isRun) this.#rehash(wanted);
  }

  /** Prepares looking up sequences by their hashes: see `HashSlots.warm`. */
  warm(words: Int32Array, from: number, to: number, step: number): number {
    return this.#isRun ? 0 : this.#index.warm(words, from, to, step);
  }

  /** Whether sequence `number` is `bytes[start, end)`. */
  holds(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = this.#startOf(number);
    if (this.#ends[number]! - at !== end - start) return false;
    const own = this.#bytes;
    for (let i = start; i < end; i++) if (own[at++] !== bytes[i]) return false;
    return true;
  }

  /** Number of the sequence, or -1 where it was never interned. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (this.#isRun) return Math.max(NONE, this.#placeInRun(bytes, start, end));
    const slot = this.#index.slots[this.#slotOf(hashBytes(bytes, start, end), bytes, start, end)]!;
    return slot === 0 ? NONE : slotEntry(slot);
  }

  /** The columns themselves: all sequences behind each other, and where each ends. */
  get columns(): { readonly bytes: Uint8Array; readonly ends: Uint32Array } {
    return { bytes: this.#bytes, ends: this.#ends };
  }

  /** The bytes themselves, as a view that the next `intern` may invalidate. */
  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.#startOf(number), this.#ends[number]);
  }

  /** Lets go of the index: sequences can be read, none can be looked up or added. */
  settle(): void {
    this.#replaceIndex(0);
  }

  wipe(): void {
    wipeMemory(this.#bytes);
    wipeMemory(this.#ends);
    this.count = 0;
    this.#isRun = true;
    this.#isFalling = false;
    this.#lookedBack = 0;
    this.#replaceIndex(0);
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!;
  }

  #internHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const at = this.#slotOf(hash, bytes, start, end);
    const slot = this.#index.slots[at]!;
    this.wasNew = slot === 0;
    if (!this.wasNew) return slotEntry(slot);
    const number = this.#append(bytes, start, end);
    this.#index.slots[at] = slotValue(hash, number);
    if (this.#index.isFull(this.count)) this.#rehash(this.count * growth);
    return number;
  }

  /**
   * Number of the sequence in the run; where it is none of it, `absentAt` the place at which it would stand.
   * Nearly all stand behind the last, and those that come again came a short while ago.
   */
  #placeInRun(bytes: Uint8Array, start: number, end: number): number {
    let high = this.count;
    let low = high - 1;
    if (low < 0) return absentAt(0);
    let step = this.#compare(low, bytes, start, end);
    if (step === 0) return low;
    if (low === 0) this.#isFalling = step < 0;
    if (step < 0 === this.#isFalling) return absentAt(high);
    this.#noteLookedBack();
    for (let back = 1; low >= 0; back *= 2) {
      high = low;
      low -= back;
      if (low < 0) break;
      step = this.#compare(low, bytes, start, end);
      if (step === 0) return low;
      if (step < 0 === this.#isFalling) break;
    }
    return this.#placeBetween(Math.max(low, NONE), high, bytes, start, end);
  }

  /** The same, of a sequence behind number `low` and before number `high`. */
  #placeBetween(low: number, high: number, bytes: Uint8Array, start: number, end: number): number {
    let [from, to] = [low, high];
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      const step = this.#compare(middle, bytes, start, end);
      if (step === 0) return middle;
      if (step < 0 === this.#isFalling) from = middle;
      else to = middle;
    }
    return absentAt(to);
  }

  /** Above 0 where the sequence is larger than number `number`, below where it is smaller. */
  #compare(number: number, bytes: Uint8Array, start: number, end: number): number {
    const own = this.#bytes;
    let at = this.#startOf(number);
    const longer = end - start - (this.#ends[number]! - at);
    if (longer !== 0) return longer;
    for (let i = start; i < end; i++, at++) {
      const step = bytes[i]! - own[at]!;
      if (step !== 0) return step;
    }
    return 0;
  }

  #noteLookedBack(): void {
    this.#lookedBack++;
    if (this.#lookedBack * lookedBackOf > this.count + lookedBackFree * lookedBackOf)
      this.#endRun();
  }

  #endRun(): void {
    if (!this.#isRun) return;
    this.#isRun = false;
    this.#rehash(Math.max(this.count * growth, this.#ends.length));
  }

  /** The slot of the sequence, or the empty one where it belongs. */
  #slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const { slots, mask } = this.#index;
    let at = hash & mask;
    for (;;) {
      const slot = slots[at]!;
      if (slot === 0) return at;
      if (slotMatches(slot, hash) && this.holds(slotEntry(slot), bytes, start, end)) return at;
      at = (at + 1) & mask;
    }
  }

  #append(bytes: Uint8Array, start: number, end: number): number {
    if (this.count === SLOT_ENTRIES_MAX) throw full();
    const number = this.count++;
    const at = this.#startOf(number);
    const needed = at + (end - start);
    if (needed > 0xffff_ffff) throw full();
    if (needed > this.#bytes.length) this.#makeRoom(Math.max(needed, this.#bytes.length * growth));
    if (number === this.#ends.length) this.#makePlaces(number * growth);
    for (let i = start, to = at; i < end; i++) this.#bytes[to++] = bytes[i]!;
    this.#ends[number] = needed;
    return number;
  }

  #makeRoom(bytes: number): void {
    const larger = new Uint8Array(allocateMemory(Math.min(bytes, 0xffff_ffff)));
    larger.set(this.#bytes);
    wipeMemory(this.#bytes);
    this.#bytes = larger;
  }

  #makePlaces(entries: number): void {
    const longer = new Uint32Array(allocateMemory(entries * 4));
    longer.set(this.#ends);
    this.#ends = longer;
  }

  #replaceIndex(entries: number): void {
    this.#index.release();
    this.#index = new HashSlots(entries);
  }

  #rehash(entries: number): void {
    this.#replaceIndex(entries);
    for (let number = 0; number < this.count; number++) {
      this.#index.put(hashBytes(this.#bytes, this.#startOf(number), this.#ends[number]!), number);
    }
  }
}

/** Stands for a place at which a sequence would stand that is not there; of that, it is the place again. */
function absentAt(place: number): number {
  return NONE - place;
}

function full(): IntakeFault {
  return new IntakeFault('too-many-records', { max: SLOT_ENTRIES_MAX });
}
