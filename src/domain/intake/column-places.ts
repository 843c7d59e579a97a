import { foldColumnName, placesOf } from './column-names.ts';
import { COLUMNS_MAX } from './limits.ts';
import { foldText } from './text-values.ts';

export interface KnownColumns {
  /** Names of the header as they stand; undefined for a source without one. */
  readonly header: readonly string[] | undefined;
  /** Number of columns. */
  readonly width: number;
}

/** The column, from 0, that `#n` says; undefined for a name. */
export function positionOf(wanted: string): number | undefined {
  const position = /^#([1-9]\d{0,3})$/.exec(wanted)?.[1];
  return position === undefined ? undefined : Number(position) - 1;
}

/**
 * Columns that `#n` or a name stands for: names compared but for case and width and, where none is found so, without
 * spaces and signs too. Several where a name repeats.
 */
export function placesFor(wanted: string, known: KnownColumns): number[] {
  const position = positionOf(wanted);
  if (position !== undefined) return position < known.width ? [position] : [];
  const header = known.header ?? [];
  const exact = placesOf(foldText(wanted), header.map(foldText));
  return exact.length > 0 ? exact : placesOf(foldColumnName(wanted), header.map(foldColumnName));
}

/** 1 for each column a list names: a name that repeats marks all its columns, one that is not there none. */
export function markColumns(wanted: readonly string[], known: KnownColumns): Uint8Array {
  const marked = new Uint8Array(COLUMNS_MAX);
  for (const name of wanted) for (const column of placesFor(name, known)) marked[column] = 1;
  return marked;
}
