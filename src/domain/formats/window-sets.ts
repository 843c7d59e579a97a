import type { OutgoingCards } from './outgoing-cards.ts';

/** Sets of windows that references of the file matched, one bit each, in the order in which they first occur. */
export function windowSets({ columns, order }: OutgoingCards): readonly number[] {
  const sets = new Set<number>();
  for (const place of order) sets.add(columns.windows?.[place] ?? 0);
  return [...sets];
}

/** The names of a set of windows, as a cell has them. */
export function namesOfWindows(set: number, names: readonly string[]): string {
  return names.filter((_, place) => ((set >>> place) & 1) === 1).join(' ');
}
