import { ByteArena } from './byte-arena.ts';
import { allocateMemory } from './column-memory.ts';

const firstEntries = 64;

/** See `CardlessRecords.columns`. */
export interface CardlessColumns {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly windows: Uint32Array;
}

/**
 * Order references of records that lie in the scope of the incident and became no card, because their number cannot be
 * used or nobody takes it: the persons behind them are told all the same, unless the reference had to be withheld, when
 * only the finding tells of them. One entry for each reference and reason, with the windows of all its records.
 */
export class CardlessRecords {
  readonly #keys = new ByteArena();
  #windows = new Uint32Array(allocateMemory(firstEntries * 4));
  #key = new Uint8Array(allocateMemory(firstEntries));

  get count(): number {
    return this.#keys.count;
  }

  /** Notes a record: the normalised UTF-8 of its reference in `bytes[start, end)`, its windows, and its place in `reasons`. */
  add(bytes: Uint8Array, start: number, end: number, windows: number, reason: number): void {
    const length = end - start + 1;
    if (length > this.#key.length) this.#key = new Uint8Array(allocateMemory(length * 2));
    this.#key[0] = reason;
    for (let from = start, to = 1; from < end; from++) this.#key[to++] = bytes[from]!;
    const entry = this.#keys.intern(this.#key, 0, length);
    if (entry === this.#windows.length) {
      const longer = new Uint32Array(allocateMemory(entry * 8));
      longer.set(this.#windows);
      this.#windows = longer;
    }
    if (this.#keys.wasNew) this.#windows[entry] = 0;
    this.#windows[entry]! |= windows;
  }

  /**
   * The entries one behind the other, and where each ends: a byte that is the place in `reasons`, then the UTF-8 of the
   * reference; and the windows of each. The columns are replaced when entries are added.
   */
  get columns(): CardlessColumns {
    return { count: this.count, ...this.#keys.columns, windows: this.#windows };
  }

  wipe(): void {
    this.#keys.wipe();
    this.#windows.fill(0);
    this.#key.fill(0);
  }
}
