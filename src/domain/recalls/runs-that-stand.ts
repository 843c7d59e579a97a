import type { StandingCards } from '../responses/standing-cards.ts';
import { countRuns, holdsPlace, placesOf, runsOf } from './recalled-runs.ts';

/**
 * Which cards of a recall file stand recalled by it: all that it names, but for those that its recipient returned and those
 * that other recalls had before (`earlier`). Gives `runs` back where it is all of them.
 *
 * `firstReference`: the record reference of the first card of the list; the runs are places in it.
 */
export function runsThatStand(
  { runs, firstReference }: { readonly runs: Uint8Array; readonly firstReference: number },
  { own }: Pick<StandingCards, 'own'>,
  earlier: readonly Uint8Array[] = [],
): Uint8Array {
  // Of most recalls nothing came back: then their places, which may be millions, need not be looked at.
  if (earlier.length === 0 && !hasReturned(own)) return runs;
  const standing = runsOf(
    placesWhere(
      runs,
      (place) =>
        own.get(firstReference + place)?.state !== 'returned' &&
        !earlier.some((each) => holdsPlace(each, place)),
    ),
  );
  return countRuns(standing) === countRuns(runs) ? runs : standing;
}

function hasReturned(own: StandingCards['own']): boolean {
  for (const { saying } of own.counts()) if (saying.state === 'returned') return true;
  return false;
}

function* placesWhere(
  runs: Uint8Array,
  isKept: (place: number) => boolean,
): Generator<number, undefined> {
  for (const place of placesOf(runs)) if (isKept(place)) yield place;
}
