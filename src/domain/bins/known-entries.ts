// What a table says of its issuers, found again by the bytes it says it with: most ranges repeat what another said.

import type { PlainRow } from './plain-row.ts';

const FIRST_SLOTS = 4096;
/** Of FNV-1a, 32 bits. */
const HASH_START = 0x811c9dc5;
const HASH_STEP = 0x01000193;
/** Stands for a comma between cells, so that `ab,c` and `a,bc` differ. */
const CELL_END = 0x2c;

/** Cells of rows of one file, and the place of their entry in the list of entries. */
export class KnownEntries {
  readonly #row: PlainRow;
  /** Fields that say it; -1 for one that the table does not have. */
  readonly #fields: readonly number[];
  /** Number of a known row and one; 0: free. A power of two, at most half in use. */
  #slots = new Int32Array(FIRST_SLOTS);
  readonly #hashes: number[] = [];
  readonly #entries: number[] = [];
  /** Begin and end of each field, one row after the other. */
  readonly #cells: number[] = [];

  constructor(row: PlainRow, fields: readonly number[]) {
    this.#row = row;
    this.#fields = fields.filter((field) => field !== -1);
  }

  /** The entry of an earlier row with the same cells as the present one, byte for byte; -1 when there was none. */
  find(): number {
    const hash = this.#hash();
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = slots[slot]! - 1;
      if (this.#hashes[known] === hash && this.#isSame(known)) return this.#entries[known]!;
    }
    return -1;
  }

  /** Remembers the cells of the present row, which were not found. */
  add(entry: number): void {
    const { starts, ends } = this.#row;
    for (const field of this.#fields) this.#cells.push(starts[field]!, ends[field]!);
    this.#entries.push(entry);
    this.#hashes.push(this.#hash());
    if (2 * this.#entries.length > this.#slots.length) this.#grow();
    else this.#place(this.#entries.length - 1);
  }

  #place(known: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hashes[known]! & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = known + 1;
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let known = 0; known < this.#entries.length; known++) this.#place(known);
  }

  #hash(): number {
    const { bytes, starts, ends } = this.#row;
    let hash = HASH_START;
    for (const field of this.#fields) {
      const end = ends[field]!;
      for (let at = starts[field]!; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, HASH_STEP);
      hash = Math.imul(hash ^ CELL_END, HASH_STEP);
    }
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  #isSame(known: number): boolean {
    const { bytes, starts, ends } = this.#row;
    let cell = 2 * known * this.#fields.length;
    for (const field of this.#fields) {
      const start = starts[field]!;
      const length = ends[field]! - start;
      const other = this.#cells[cell++]!;
      if (this.#cells[cell++]! - other !== length) return false;
      for (let i = 0; i < length; i++) if (bytes[start + i] !== bytes[other + i]) return false;
    }
    return true;
  }
}
