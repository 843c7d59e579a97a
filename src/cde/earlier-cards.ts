import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';
import type { EarlierBatch } from '../exchange/card-process.ts';

/**
 * The cards already handed off to one recipient in this incident, as an open-addressing index over the stored hash rows.
 * Memory: 8 bytes a slot, at most two slots a row, beside the rows themselves.
 */
export class EarlierCards {
  readonly #batches: readonly EarlierBatch[];
  readonly #slots: Int32Array;
  readonly #owner: Uint16Array;
  readonly #mask: number;

  constructor(batches: readonly EarlierBatch[]) {
    this.#batches = batches;
    const total = batches.reduce((sum, batch) => sum + batch.rows.length / HASH_ROW_BYTES, 0);
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, total * 2)));
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(capacity).fill(-1);
    this.#owner = new Uint16Array(capacity);
    batches.forEach((batch, owner) => {
      for (let at = 0; at < batch.rows.length; at += HASH_ROW_BYTES)
        this.#put(batch.rows, at, owner);
    });
  }

  /** Which of the batches holds this hash, or -1. */
  find(hashes: Uint8Array, at: number): number {
    let slot = slotOf(hashes, at) & this.#mask;
    for (;;) {
      const row = this.#slots[slot]!;
      if (row === -1) return -1;
      const owner = this.#owner[slot]!;
      if (isSameHash(this.#batches[owner]!.rows, row, hashes, at)) return owner;
      slot = (slot + 1) & this.#mask;
    }
  }

  #put(rows: Uint8Array, at: number, owner: number): void {
    let slot = slotOf(rows, at) & this.#mask;
    while (this.#slots[slot] !== -1) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = at;
    this.#owner[slot] = owner;
  }
}

function slotOf(hashes: Uint8Array, at: number): number {
  return hashes[at]! | (hashes[at + 1]! << 8) | (hashes[at + 2]! << 16) | (hashes[at + 3]! << 24);
}

function isSameHash(left: Uint8Array, leftAt: number, right: Uint8Array, rightAt: number): boolean {
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) {
    if (left[leftAt + i] !== right[rightAt + i]) return false;
  }
  return true;
}
