import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { returnReasons } from '../../../src/domain/responses/card-answer-states.ts';
import type { CardSaying } from '../../../src/domain/responses/card-answer-states.ts';
import { NamedCards } from '../../../src/domain/responses/named-cards.ts';

// Held against a Map, which keeps an object for each card.

const saying: fc.Arbitrary<CardSaying> = fc.oneof(
  fc.record({ state: fc.constantFrom('accepted', 'monitoring') }),
  fc.record({ state: fc.constant('returned'), reason: fc.constantFrom(...returnReasons) }),
);
/** Side by side, around the ends of pieces, and as far apart as record references of ten digits are. */
const record = fc.oneof(
  fc.nat(40),
  fc.integer({ min: 1_020, max: 1_030 }),
  fc.constantFrom(4_294_967_295, 4_294_967_296, 9_999_999_999),
);
const entries = fc.array(fc.tuple(record, saying), { maxLength: 60 });

describe('NamedCards', () => {
  it('holds what a Map holds, in the order of the records', () => {
    fc.assert(
      fc.property(entries, record, (said, other) => {
        const expected = new Map(said);
        const named = NamedCards.of(said);
        const sorted = [...expected].sort(([one], [another]) => one - another);
        expect([...named]).toEqual(sorted);
        expect(Array.from(named.rows(), (row) => [row.record, row.saying])).toEqual(sorted);
        expect(named.size).toBe(expected.size);
        for (const key of [...expected.keys(), other]) {
          expect(named.get(key)).toEqual(expected.get(key));
        }
      }),
    );
  });

  it('counts each saying, and none of those that nobody said', () => {
    fc.assert(
      fc.property(entries, (said) => {
        const byText = Map.groupBy(new Map(said).values(), (each) => JSON.stringify(each));
        const expected = [...byText].map(([text, all]) => [text, all.length]).sort();
        const counts = Array.from(NamedCards.of(said).counts(), (each) => [
          JSON.stringify(each.saying),
          each.cards,
        ]);
        expect(counts.sort()).toEqual(expected);
      }),
    );
  });

  it('is not changed by what becomes of a copy', () => {
    fc.assert(
      fc.property(entries, entries, (said, later) => {
        const named = NamedCards.of(said);
        const copy = named.copy();
        for (const [of, what] of later) copy.set(of, what);
        expect([...named]).toEqual([...NamedCards.of(said)]);
        expect([...copy]).toEqual([...NamedCards.of([...said, ...later])]);
        expect(copy.size).toBe(new Map([...said, ...later]).size);
      }),
    );
  });

  it('refuses a reason that it does not know', () => {
    const odd = { state: 'returned', reason: 'lost' } as unknown as CardSaying;
    expect(() => NamedCards.of([[1, odd]])).toThrow(RangeError);
  });
});
