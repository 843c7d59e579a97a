import type { ActRow, ActTable } from '../../domain/audit/act-row.ts';

/** Rows as they are stored, to be held against the log. */
export interface ActRows {
  /** Those that name an entry below a number, in the order of entries; read some at a time. */
  naming(table: ActTable, below: number): AsyncIterable<ActRow>;
  /** A table with a row that names one of another table that is not there. */
  dangling(): Promise<string | undefined>;
}
