import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  cardAnswerStates,
  cardAnswerStep,
  cardAnswerTransitions,
  returnReasons,
} from '../../../src/domain/responses/card-answer-states.ts';
import type {
  CardAnswerState,
  CardSaying,
} from '../../../src/domain/responses/card-answer-states.ts';
import {
  afterAnswer,
  countCards,
  noneStanding,
} from '../../../src/domain/responses/standing-cards.ts';
import type { CardSayings } from '../../../src/domain/responses/standing-cards.ts';

const cards = 7;
const sayings = fc.oneof(
  fc.constantFrom<CardSaying>({ state: 'accepted' }, { state: 'monitoring' }),
  fc.constantFrom(...returnReasons).map((reason): CardSaying => ({ state: 'returned', reason })),
);
const answers = fc.record<CardSayings>({
  rest: fc.constantFrom(undefined, 'accepted', 'monitoring'),
  rows: fc.uniqueArray(fc.record({ record: fc.integer({ min: 1, max: cards }), saying: sayings }), {
    selector: ({ record }) => record,
  }),
});

/** Card by card, as one would write it down on paper. */
function onPaper(said: readonly CardSayings[]): (CardSaying | undefined)[] {
  const paper = Array.from({ length: cards }, (): CardSaying | undefined => undefined);
  for (const { rest, rows } of said) {
    if (rest !== undefined) paper.fill({ state: rest });
    for (const { record, saying } of rows) paper[record - 1] = saying;
  }
  return paper;
}

describe('afterAnswer()', () => {
  it('counts as a list of cards on paper does, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(answers, { maxLength: 5 }), (said) => {
        let standing = noneStanding(cards);
        for (const answer of said) standing = afterAnswer(standing, answer).standing;
        const paper = onPaper(said);
        const of = (state: CardAnswerState): number =>
          paper.filter((saying) => (saying?.state ?? 'none') === state).length;
        expect(countCards(standing)).toMatchObject({
          ...{ cards, accepted: of('accepted'), monitoring: of('monitoring') },
          ...{ returned: of('returned'), unanswered: of('none') },
        });
      }),
    );
  });

  it('counts as contradicted exactly the cards that go back or come back for another reason', () => {
    const order = ['none', 'accepted', 'monitoring'];
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 5 }), (said) => {
        const before = onPaper(said.slice(0, -1));
        const after = onPaper(said);
        const standing = said
          .slice(0, -1)
          .reduce((so, answer) => afterAnswer(so, answer).standing, noneStanding(cards));
        const differs = after.map((now, at) => {
          const was = before[at];
          if (JSON.stringify(was) === JSON.stringify(now)) return 'same';
          const isStep =
            was === undefined ||
            (was.state !== 'returned' &&
              now!.state !== 'returned' &&
              order.indexOf(now!.state) > order.indexOf(was.state));
          return isStep ? 'changed' : 'contradicted';
        });
        const count = (kind: string): number => differs.filter((one) => one === kind).length;
        expect(afterAnswer(standing, said.at(-1)!).moves).toEqual({
          ...{ changed: count('changed'), contradicted: count('contradicted') },
        });
      }),
    );
  });
});

describe('cardAnswerStep()', () => {
  it('has one step for every two states but back to none, and none for the same', () => {
    for (const from of cardAnswerStates) {
      for (const to of ['accepted', 'monitoring', 'returned'] as const) {
        const steps = Object.values(cardAnswerTransitions).filter(
          (step) => step.to === to && (step.from as readonly CardAnswerState[]).includes(from),
        );
        expect(steps).toHaveLength(from === to ? 0 : 1);
        expect(cardAnswerStep(from, to)).toBe(steps[0]);
      }
    }
  });
});
