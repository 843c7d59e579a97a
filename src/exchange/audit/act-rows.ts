import type { ActRow, ActTable } from '../../domain/audit/act-row.ts';
import type { StandingBatch } from '../../domain/handoff/replayed-batches.ts';

/** Every batch as it stood when the log had this many entries. */
export interface StoredBatches {
  readonly entries: number;
  readonly batches: readonly StandingBatch[];
}

/** Rows as they are stored, to be held against the log. */
export interface ActRows {
  /** Those that name an entry below a number, in the order of entries; read some at a time. */
  naming(table: ActTable, below: number): AsyncIterable<ActRow>;
  batches(): Promise<StoredBatches>;
  /** A table with a row that names one of another table that is not there. */
  dangling(): Promise<string | undefined>;
}
