import type { Leaf } from '../../domain/audit/leaf.ts';
import { breach } from '../../domain/audit/log-verdict.ts';
import type { LogBreach } from '../../domain/audit/log-verdict.ts';
import { ReplayedBatches } from '../../domain/handoff/replayed-batches.ts';
import type { ActRows, StoredBatches } from './act-rows.ts';

/** Holds where batches stand against what the entries of the log tell of them; all batches are held. */
export class BatchesCheck {
  readonly #stored: StoredBatches;
  readonly #replayed = new ReplayedBatches();

  private constructor(stored: StoredBatches) {
    this.#stored = stored;
  }

  /** To be opened before the log is read: others may be writing. Throws what the store throws. */
  static async open(actRows: Pick<ActRows, 'batches'>): Promise<BatchesCheck> {
    return new BatchesCheck(await actRows.batches());
  }

  /** The next entry of the log; one that came after the rows were read counts for nothing. Throws nothing. */
  note(leaf: Leaf, index: number): void {
    if (index < this.#stored.entries) this.#replayed.note(leaf, index);
  }

  /** After the last entry. Throws nothing. */
  found(): LogBreach | undefined {
    const { batches } = this.#stored;
    for (const batch of batches) {
      const differing = this.#replayed.differing(batch);
      if (differing === undefined) continue;
      const { column, index } = differing;
      const path = `batch.${column}`;
      return index === undefined
        ? breach('row-unbound', {}, { path })
        : breach('row-altered', { index }, { path });
    }
    const isWhole = batches.length === this.#replayed.size;
    return isWhole ? undefined : breach('row-missing', {}, { path: 'batch' });
  }
}
