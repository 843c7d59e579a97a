import { describe, expect, it } from 'vitest';

import {
  cardAnswerImportScreen,
  cardAnswerSettleScreen,
} from '../../../src/doors/cli/screens/card-answers-screen.ts';
import { cardAnswersOf } from './card-answer-data.ts';
import { ordinary } from './screen-data.ts';

const view = { language: 'en', colour: false } as const;

describe('cardAnswerSettleScreen()', () => {
  it('calls no answer open that it says was settled', () => {
    const { settled } = cardAnswersOf(ordinary);
    const answered = { ...settled.answered, open: { unanswered: 0, returned: 0, refused: 0 } };
    const told = cardAnswerSettleScreen({ ...settled, answered }, view)
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    expect(told).toContain('30 without an answer · 2 refused answers of');
    expect(told).not.toContain('not settled');
  });
});

describe('cardAnswerImportScreen()', () => {
  it('says what a settlement would close', () => {
    const { imported } = cardAnswersOf(ordinary);
    const told = cardAnswerImportScreen(imported, view).join(' ').replaceAll(/\s+/g, ' ');
    expect(told).toContain('closes 20 returned · 30 without an answer · 2 refused answers');
  });
});
