import { differingColumn } from './act-row.ts';
import type { ActRow, ActTable } from './act-row.ts';
import type { Leaf } from './leaf.ts';
import { breach } from './log-verdict.ts';
import type { LogBreach } from './log-verdict.ts';
import { OrderedReader } from './ordered-reader.ts';
import type { Stream } from './ordered-reader.ts';

/** Rows of one table, in order of the entries that they name. */
export interface StoredRows {
  readonly of: ActTable;
  readonly rows: Stream<ActRow>;
}

interface Table {
  readonly of: ActTable;
  readonly rows: OrderedReader<ActRow>;
}

/**
 * Holds rows against the entries that they name, and entries against the rows that they made, while a log is read: once,
 * in its order. One row of each table is held. A log that was altered itself proves nothing about rows.
 */
export class RowsCheck {
  readonly #tables: readonly Table[];
  readonly #owing: ReadonlyMap<string, readonly Table[]>;
  #due = -Infinity;
  #found: LogBreach | undefined;

  private constructor(tables: readonly Table[]) {
    this.#tables = tables;
    const owing = tables.flatMap((table) =>
      Object.entries(table.of.acts).map(([act, { isOwed }]) => ({ act, table, isOwed })),
    );
    const owed = Map.groupBy(
      owing.filter(({ isOwed }) => isOwed !== undefined),
      ({ act }) => act,
    );
    this.#owing = new Map([...owed].map(([act, all]) => [act, all.map(({ table }) => table)]));
    this.#setDue();
  }

  /** Throws what the streams throw. */
  static async open(stored: readonly StoredRows[]): Promise<RowsCheck> {
    const tables = stored.map(async ({ of, rows }) => ({
      of,
      rows: await OrderedReader.open(rows, ({ leaf }) => leaf),
    }));
    return new RowsCheck(await Promise.all(tables));
  }

  /** The first one that does not hold of all entries that were checked. */
  get found(): LogBreach | undefined {
    return this.#found;
  }

  /** Answers at once where no row names the entry and none has to. Throws what the streams throw. */
  check(leaf: Leaf, index: number): Promise<void> | undefined {
    if (this.#found !== undefined) return undefined;
    if (this.#due > index && !this.#owing.has(leaf.act)) return undefined;
    return this.#judge(leaf, index);
  }

  /** After the last entry: a row that is left names one that is not there. */
  checkRest(): void {
    const left = this.#tables.find(({ rows }) => rows.place < Infinity);
    if (left !== undefined) this.#found ??= unbound(left.of, left.rows.place);
  }

  async #judge(leaf: Leaf, index: number): Promise<void> {
    const made = new Set<Table>();
    for (const table of this.#tables) {
      while (table.rows.place <= index) {
        const row = await table.rows.take();
        made.add(table);
        this.#found ??= breachOfRow(table.of, row, leaf, index);
      }
    }
    const missing = this.#owing
      .get(leaf.act)
      ?.find((table) => !made.has(table) && isOwed(table.of, leaf));
    if (missing !== undefined) {
      this.#found ??= breach('row-missing', { index }, { path: missing.of.table });
    }
    this.#setDue();
  }

  #setDue(): void {
    this.#due = Math.min(Infinity, ...this.#tables.map(({ rows }) => rows.place));
  }
}

function isOwed({ acts }: ActTable, { act, result, data }: Leaf): boolean {
  return result === 'done' && acts[act]?.isOwed?.(data) === true;
}

function breachOfRow(of: ActTable, row: ActRow, leaf: Leaf, index: number): LogBreach | undefined {
  const spec = of.acts[leaf.act];
  if (row.leaf !== index || spec === undefined) return unbound(of, row.leaf);
  const column = differingColumn(spec, row.values, leaf);
  if (column === undefined) return undefined;
  return breach('row-altered', { index }, { path: `${of.table}.${column}` });
}

function unbound({ table, leaf }: ActTable, index: number): LogBreach {
  return breach('row-unbound', { index }, { path: `${table}.${leaf}` });
}
