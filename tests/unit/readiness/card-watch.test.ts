import { describe, expect, it } from 'vitest';

import { reaches, watchOf } from '../../../src/domain/readiness/card-watch.ts';
import type { CardSide, SaidOfCard } from '../../../src/domain/readiness/card-watch.ts';
import type { CardSaying } from '../../../src/domain/responses/card-answer-states.ts';

const minuteMs = 60_000;
const nowMs = 100 * minuteMs;
const leftAtMs = 10 * minuteMs;

const side = (changes: Partial<CardSide> = {}): CardSide => ({
  ...{ leftAtMs, said: undefined, isDisputed: false, isPerhapsRecalled: false },
  ...{ word: undefined, withdrawnAtMs: undefined },
  ...changes,
});
const said = (saying: CardSaying, changes: Partial<SaidOfCard> = {}): SaidOfCard => ({
  ...{ saying, atMs: 30 * minuteMs, isSigned: true, ...changes },
});
const word = (saidAtMs = 20 * minuteMs, sinceMs = saidAtMs): CardSide['word'] => ({
  told: { subject: 'monitoring', outcome: 'on', sinceMs },
  ...{ from: 'recipient', saidAtMs, recordedAtMs: saidAtMs },
});
const returned = said({ state: 'returned', reason: 'closed-account' });
const monitoring = said({ state: 'monitoring' });
const accepted = said({ state: 'accepted' });
const state = (...sides: readonly Partial<CardSide>[]): string =>
  watchOf(
    sides.map((each) => side(each)),
    nowMs,
  ).state;

describe('watchOf()', () => {
  it('takes a signed answer about the card for watched, also where nobody told anything', () => {
    expect(watchOf([side({ said: monitoring })], nowMs)).toEqual({
      ...{ state: 'watched', by: 'answer', atMs: 30 * minuteMs, isSigned: true },
    });
  });

  it('lets no word about all cards make a returned one watched, whenever it was said', () => {
    for (const saidAtMs of [5, 20, 30, 99].map((minute) => minute * minuteMs)) {
      expect(watchOf([side({ said: returned, word: word(saidAtMs) })], nowMs)).toMatchObject({
        ...{ state: 'returned', reason: 'closed-account' },
      });
    }
  });

  it('relies on nothing that was said before a recall that may have arrived, but for a card that came back', () => {
    const isPerhapsRecalled = true;
    for (const each of [{}, { word: word() }, { said: accepted }, { said: monitoring }]) {
      expect(watchOf([side({ ...each, isPerhapsRecalled })], nowMs)).toEqual({
        ...{ state: 'unknown', isEarly: false, isPerhapsRecalled },
      });
    }
    expect(state({ said: returned, isPerhapsRecalled })).toBe('returned');
    expect(state({ said: monitoring, isPerhapsRecalled }, { word: word() })).toBe('watched');
  });

  it('takes the word about all cards for one of which nothing else was said, or that was accepted', () => {
    expect(state({ word: word() })).toBe('watched');
    expect(state({ word: word(), said: accepted })).toBe('watched');
    expect(state({ said: accepted })).toBe('promised');
    expect(state({ word: word(20 * minuteMs, nowMs + 1) })).toBe('promised');
  });

  it('takes no word that was said before a list with the card left, or a card was taken back', () => {
    expect(watchOf([side({ word: word(leftAtMs - 1) })], nowMs)).toEqual({
      ...{ state: 'unknown', isEarly: true },
    });
    expect(state({ word: word(), leftAtMs: Infinity })).toBe('unknown');
    const back = said({ state: 'accepted' }, { takenBackAtMs: 30 * minuteMs });
    expect(state({ word: word(), said: back })).toBe('promised');
    expect(state({ word: word(31 * minuteMs), said: back })).toBe('watched');
  });

  it('is in dispute where an answer takes back what stands, or the word was withdrawn after it', () => {
    expect(state({ said: monitoring, isDisputed: true })).toBe('contradicted');
    expect(state({ said: returned, isDisputed: true, word: word() })).toBe('contradicted');
    expect(state({ said: monitoring, withdrawnAtMs: 31 * minuteMs })).toBe('contradicted');
    expect(state({ said: monitoring, withdrawnAtMs: 29 * minuteMs })).toBe('watched');
  });

  it('lets a recipient who watches the card make up for one who gave it back', () => {
    expect(state({ said: returned }, { said: monitoring })).toBe('watched');
    expect(state({ said: returned }, { word: word() })).toBe('watched');
    expect(state({ said: returned }, {})).toBe('unknown');
    expect(state({ said: returned }, { said: returned, word: word() })).toBe('returned');
  });

  it('is recalled where no list stands', () => {
    expect(state()).toBe('recalled');
  });
});

describe('reaches()', () => {
  it('counts to the minute', () => {
    expect(reaches(leftAtMs, leftAtMs + minuteMs - 1)).toBe(true);
    expect(reaches(leftAtMs, leftAtMs + minuteMs)).toBe(false);
  });
});
