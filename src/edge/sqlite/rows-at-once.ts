/** Of one statement: SQLite takes so many values and more. */
const ROWS_AT_ONCE = 200;

/** Rows in pieces that one statement takes, in their order. */
export function* inStatements<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    yield rows.slice(from, from + ROWS_AT_ONCE);
  }
}
