import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { placesOf, runsOf } from '../../../src/domain/recalls/recalled-runs.ts';
import { runsThatStand } from '../../../src/domain/recalls/runs-that-stand.ts';
import type { CardSaying } from '../../../src/domain/responses/card-answer-states.ts';
import { NamedCards } from '../../../src/domain/responses/named-cards.ts';

const firstReference = 1_000;
const back: CardSaying = { state: 'returned', reason: 'not-our-card' };
const ascending = (places: readonly number[]): number[] => [...places].sort((a, b) => a - b);
const sayings = (places: readonly number[], saying: CardSaying) => ({
  own: NamedCards.of(places.map((place) => [firstReference + place, saying])),
});

describe('runsThatStand()', () => {
  it('leaves out what was returned and what another recall had before, and nothing else', () => {
    const places = fc.uniqueArray(fc.nat(40));
    fc.assert(
      fc.property(places, places, fc.array(places, { maxLength: 2 }), (own, returned, others) => {
        const runs = runsOf(ascending(own));
        const earlier = others.map((each) => runsOf(ascending(each)));
        const standing = runsThatStand({ runs, firstReference }, sayings(returned, back), earlier);
        const gone = new Set([...returned, ...others.flat()]);
        const left = ascending(own).filter((place) => !gone.has(place));
        expect([...placesOf(standing)]).toEqual(left);
      }),
    );
  });

  it('gives the runs themselves back where all of them stand', () => {
    const runs = runsOf([0, 1, 2, 9]);
    const accepted = sayings([0, 9], { state: 'accepted' });
    for (const [answered, ...earlier] of [
      [accepted],
      [sayings([5], back)],
      [accepted, runsOf([3, 8])],
    ] as const) {
      expect(runsThatStand({ runs, firstReference }, answered, earlier)).toBe(runs);
    }
  });

  it('looks at no place where nothing came back and nothing was recalled before', () => {
    const everyone = new Uint8Array(8);
    new DataView(everyone.buffer).setUint32(4, 0xffff_ffff, true);
    const none = { own: new NamedCards() };
    expect(runsThatStand({ runs: everyone, firstReference }, none)).toBe(everyone);
  });
});
