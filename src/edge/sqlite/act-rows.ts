import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { columnsOf } from '../../domain/audit/act-row.ts';
import type { ActRow, ActRowValue, ActTable } from '../../domain/audit/act-row.ts';
import type { ActRows, StoredBatches } from '../../exchange/audit/act-rows.ts';
import type { Tables } from './tables.ts';

/** Rows read at a time: one may hold a whole configuration. */
const rowsPerRead = 64;

/** A row with what it is read on from. */
interface Place {
  readonly _leaf: number;
  readonly _row: number;
}

/** Without an id where there is no batch at all. */
interface BatchRow {
  readonly entries: number;
  readonly id: string | null;
  readonly state: string;
  readonly available_at: number | null;
}

/** Rows that name entries of the log, in SQLite. */
export class SqliteActRows implements ActRows {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async *naming(of: ActTable, below: number): AsyncGenerator<ActRow> {
    let after: Place | undefined = { _leaf: -Infinity, _row: -Infinity };
    while (after !== undefined) {
      const rows = await this.#page(of, below, after);
      for (const { _leaf, _row, ...values } of rows) yield { leaf: _leaf, values };
      after = rows.length < rowsPerRead ? undefined : rows.at(-1);
    }
  }

  /** In one statement, which sees one moment: a batch moves with its entry. */
  async batches(): Promise<StoredBatches> {
    const { rows } = await sql<BatchRow>`
      select (select coalesce(max(number) + 1, 0) from leaf) as entries, id, state, available_at
      from (select 1) left join batch on true`.execute(this.#db);
    return {
      entries: rows[0]!.entries,
      batches: rows.flatMap(({ id, state, available_at: availableMs }) =>
        id === null ? [] : { id, state, availableMs },
      ),
    };
  }

  /** By SQLite's own look at every foreign key, which somebody else's connection need not have kept to. */
  async dangling(): Promise<string | undefined> {
    const { rows } = await sql<{ readonly table: string }>`pragma foreign_key_check`.execute(
      this.#db,
    );
    return rows[0]?.table;
  }

  async #page(
    { table, leaf, ...of }: ActTable,
    below: number,
    { _leaf: from, _row: row }: Place,
  ): Promise<readonly (Place & Record<string, ActRowValue & number>)[]> {
    const number = sql.ref(leaf);
    const columns = columnsOf({ table, leaf, ...of }).map((column) => sql.ref(column));
    const { rows } = await sql<Place & Record<string, ActRowValue & number>>`
      select ${sql.join([sql`${number} as "_leaf"`, sql`rowid as "_row"`, ...columns])}
      from ${sql.table(table)}
      where ${number} < ${below} and (${number}, rowid) > (${from}, ${row})
      order by ${number}, rowid limit ${rowsPerRead}`.execute(this.#db);
    return rows;
  }
}
