import { foldColumnName } from './column-names.ts';

/** A spec of the workspace or of the program, by its name and the columns that tell its files. */
export interface KnownSpec {
  readonly name: string;
  readonly recognisedBy: readonly string[];
}

/**
 * Names of the specs whose columns all stand in a header, in any order, among any others. A spec that names none fits
 * nothing. What fits is told to people and never applied: the spec decides which records count.
 */
export function fittingSpecs(
  header: readonly string[] | undefined,
  known: readonly KnownSpec[],
): string[] {
  const names = new Set(header?.map(foldColumnName));
  return known
    .filter(
      ({ recognisedBy }) =>
        recognisedBy.length > 0 && recognisedBy.every((name) => names.has(foldColumnName(name))),
    )
    .map(({ name }) => name);
}
