import type { ScopeCounts } from '../handoff/scope-change.ts';
import { countRuns, holdsPlace, placesOf, runsOf } from './recalled-runs.ts';

/** What an amendment makes of the cards of a batch, whether or not some of them are recalled. */
export interface ProposedCards extends ScopeCounts {
  /** Which cards are out and which are untold, as runs; undefined where they are known as a count only. */
  readonly places?: { readonly out: Uint8Array; readonly untold: Uint8Array } | undefined;
}

/** What of a batch is recalled. */
export interface RecalledOf {
  readonly cards: number;
  readonly runs: readonly Uint8Array[];
  /** How many of those cards were recalled because of this amendment. */
  readonly proposed: number;
}

/**
 * Proposed cards that do not stand recalled. Where only their number is known, no more are left than cards of the batch,
 * and those that were recalled because of this amendment are none of them.
 */
export function openCards(of: ProposedCards, { cards, runs, proposed }: RecalledOf): ScopeCounts {
  if (runs.length === 0) return { out: of.out, untold: of.untold };
  if (of.places !== undefined) {
    return { out: countOthers(of.places.out, runs), untold: countOthers(of.places.untold, runs) };
  }
  const left = cards - countAny(runs);
  const out = Math.min(Math.max(0, of.out - proposed), left);
  return { out, untold: Math.min(of.untold, left - out) };
}

/** Cards that one of these names at least. */
export function countAny(runs: readonly Uint8Array[]): number {
  return runs.reduce((sum, each, at) => sum + countOthers(each, runs.slice(0, at)), 0);
}

function countOthers(runs: Uint8Array, others: readonly Uint8Array[]): number {
  if (others.length === 0) return countRuns(runs);
  let count = 0;
  for (const place of placesOf(runs))
    if (!others.some((each) => holdsPlace(each, place))) count += 1;
  return count;
}

/** Collects places by what becomes of them; ascending. */
export class ProposedPlaces {
  readonly #places = { out: [] as number[], untold: [] as number[] };

  add(place: number, becomes: keyof ScopeCounts): void {
    this.#places[becomes].push(place);
  }

  /** `isSure`: else no card is out for sure, and all of them are untold. */
  proposed(isSure: boolean): ProposedCards {
    const { out, untold } = this.#places;
    const all = isSure ? { out, untold } : { out: [], untold: [...out, ...untold].sort(byPlace) };
    const places = { out: runsOf(all.out), untold: runsOf(all.untold) };
    return { out: all.out.length, untold: all.untold.length, places };
  }
}

function byPlace(one: number, other: number): number {
  return one - other;
}
