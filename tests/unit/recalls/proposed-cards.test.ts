import { describe, expect, it } from 'vitest';

import { countAny, openCards, ProposedPlaces } from '../../../src/domain/recalls/proposed-cards.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';

const places = { out: runsOf([0, 1, 5]), untold: runsOf([2, 6]) };
const told = { out: 3, untold: 2, places };

describe('openCards()', () => {
  it('leaves what is out or untold and not recalled, each card once', () => {
    const runs = [runsOf([1, 2, 3]), runsOf([1, 7])];
    expect(openCards(told, { cards: 9, runs, proposed: 0 })).toEqual({ out: 2, untold: 1 });
    expect(openCards(told, { cards: 9, runs: [], proposed: 0 })).toEqual({ out: 3, untold: 2 });
  });

  it('leaves no more than the cards that are left, where nobody knows which are out', () => {
    const counted = { out: 3, untold: 4 };
    const left = (runs: number[], proposed: number) =>
      openCards(counted, { cards: 9, runs: [runsOf(runs)], proposed });
    expect(left([0], 0)).toEqual({ out: 3, untold: 4 });
    expect(left([0, 1, 2, 3], 0)).toEqual({ out: 3, untold: 2 });
    expect(left([0, 1], 2)).toEqual({ out: 1, untold: 4 });
    expect(left([0, 1, 2, 3, 4, 5, 6, 7, 8], 0)).toEqual({ out: 0, untold: 0 });
  });
});

describe('countAny()', () => {
  it('counts a card that two recalls name once', () => {
    expect(countAny([runsOf([0, 1]), runsOf([1, 2]), runsOf([0, 9])])).toBe(4);
    expect(countAny([])).toBe(0);
  });
});

describe('ProposedPlaces', () => {
  it('keeps which cards are out, and takes all for untold where nothing is sure', () => {
    const found = new ProposedPlaces();
    for (const place of [0, 4]) found.add(place, 'out');
    found.add(2, 'untold');
    expect(found.proposed(true)).toEqual({
      ...{ out: 2, untold: 1, places: { out: runsOf([0, 4]), untold: runsOf([2]) } },
    });
    expect(found.proposed(false)).toEqual({
      ...{ out: 0, untold: 3, places: { out: runsOf([]), untold: runsOf([0, 2, 4]) } },
    });
  });
});
