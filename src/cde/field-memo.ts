import { wipeMemory } from '../domain/intake/column-memory.ts';
import { hashBytes } from '../domain/intake/hash-slots.ts';

const ENTRY_BITS = 6;
const ENTRY_BYTES = 1 << ENTRY_BITS;
const entries = 2_048;
/** Never full: a look-up ends at an empty entry. */
const entriesMax = entries * 0.75;
const keyBytesMax = 32;

/** Bytes of memory that a memo takes. */
export const FIELD_MEMO_BYTES = entries * ENTRY_BYTES;

/**
 * How an entry lies in memory: length of its key plus 1 (0: empty), two words, a reason plus 1, a moment, the key.
 * `memoMask` leaves of a hash, shifted by the size of an entry, the place of its first one.
 */
export const memoPlaces = {
  memoValue: 4,
  memoSecond: 8,
  memoReason: 12,
  memoMoment: 16,
  memoKey: 24,
  memoMarkMax: keyBytesMax + 1,
  memoMask: (entries - 1) * ENTRY_BYTES,
} as const;

const NO_REASON = -1;

/** What was said of a field's bytes; `reason`: place of the reason for which every record that says so stops there. */
export interface Remembered {
  readonly value?: number;
  readonly second?: number;
  readonly reason?: number;
  readonly moment?: number;
}

/**
 * What the fields of one column say, by their bytes: written here, looked up by `$known` of the plain records. For
 * columns whose values repeat and are no card numbers. Values that are long, or come when it holds 1,536, are not kept.
 */
export class FieldMemo {
  readonly address: number;
  #count = 0;
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  readonly #moments: Float64Array;

  constructor(memory: SharedArrayBuffer, address: number) {
    this.address = address;
    this.#bytes = new Uint8Array(memory, address, FIELD_MEMO_BYTES);
    this.#words = new Int32Array(memory, address, FIELD_MEMO_BYTES / 4);
    this.#moments = new Float64Array(memory, address, FIELD_MEMO_BYTES / 8);
  }

  /** Whether `bytes[start, end)` could be kept and is not yet. */
  isNew(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > keyBytesMax || this.#count >= entriesMax) return false;
    return this.#words[this.#placeOf(bytes, start, end) >> 2] === 0;
  }

  /** Keeps what new bytes say. */
  keep(bytes: Uint8Array, start: number, end: number, said: Remembered): void {
    const at = this.#placeOf(bytes, start, end);
    this.#words[at >> 2] = end - start + 1;
    this.#words[(at + memoPlaces.memoValue) >> 2] = said.value ?? 0;
    this.#words[(at + memoPlaces.memoSecond) >> 2] = said.second ?? 0;
    this.#words[(at + memoPlaces.memoReason) >> 2] = (said.reason ?? NO_REASON) + 1;
    this.#moments[(at + memoPlaces.memoMoment) >> 3] = said.moment ?? 0;
    this.#bytes.set(bytes.subarray(start, end), at + memoPlaces.memoKey);
    this.#count++;
  }

  clear(): void {
    if (this.#count === 0) return;
    wipeMemory(this.#bytes);
    this.#count = 0;
  }

  /** Where the entry of these bytes stands, or would. */
  #placeOf(bytes: Uint8Array, start: number, end: number): number {
    let at = (hashBytes(bytes, start, end) << ENTRY_BITS) & memoPlaces.memoMask;
    while (this.#words[at >> 2] !== 0 && !this.#holds(at, bytes, start, end)) {
      at = (at + ENTRY_BYTES) & memoPlaces.memoMask;
    }
    return at;
  }

  #holds(at: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#words[at >> 2] !== end - start + 1) return false;
    const key = at + memoPlaces.memoKey - start;
    for (let from = start; from < end; from++) {
      if (this.#bytes[key + from] !== bytes[from]) return false;
    }
    return true;
  }
}
