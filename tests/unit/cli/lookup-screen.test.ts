import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { isPerhapsRecalled } from '../../../src/domain/readiness/card-watch.ts';
import type { CardWatch } from '../../../src/domain/readiness/card-watch.ts';
import { lookupScreen } from '../../../src/doors/cli/screens/lookup-screen.ts';
import { lookupWords as en } from '../../../src/doors/cli/words/en/lookup.ts';
import { lookupWords as ja } from '../../../src/doors/cli/words/ja/lookup.ts';
import { readinessWords as readinessEn } from '../../../src/doors/cli/words/en/readiness.ts';
import { readinessWords as readinessJa } from '../../../src/doors/cli/words/ja/readiness.ts';
import { foundOf } from './lookup-data.ts';
import { ordinary } from './screen-data.ts';

const words = { en, ja };
const answered = { atMs: 0, isSigned: true };
const watches: readonly CardWatch[] = [
  { state: 'watched', by: 'answer', ...answered },
  { state: 'watched', by: 'word', sinceMs: 0 },
  { state: 'promised', by: 'answer', ...answered },
  { state: 'contradicted' },
  { state: 'unknown', isEarly: false },
  { state: 'unknown', isEarly: false, isPerhapsRecalled: true },
  { state: 'returned', reason: 'closed-account', ...answered },
  { state: 'recalled' },
];

/** The screen of one card, on one line. */
function read(language: 'en' | 'ja', watch: CardWatch): string {
  const found = foundOf(ordinary);
  const hit = found.hits.find(({ card }) => card?.waiver?.told.outcome === 'granted')!;
  const card = { ...hit.card!, watch, isWaiverAboutThis: true, exception: undefined };
  const view = { language, colour: false };
  return lookupScreen({ ...found, hits: [{ ...hit, card }] }, view)
    .map((line) => line.trim())
    .join(language === 'en' ? ' ' : '');
}

describe.each(['en', 'ja'] as const)('lookupScreen() in %s', (language) => {
  const { say } = words[language];

  it('reads out that a card is watched only where it is', () => {
    const states = watches.filter((watch) => read(language, watch).includes(say.watched));
    expect(states.map(({ state }) => state)).toEqual(['watched', 'watched']);
  });

  it('reads out that a new card is free of no card that came back or was recalled, perhaps', () => {
    const states = watches.filter((watch) => !read(language, watch).includes(say.waiver.granted));
    expect(states.map(({ state }) => state)).toEqual(['unknown', 'returned', 'recalled']);
    const perhaps = read(language, watches.find(isPerhapsRecalled)!);
    expect(perhaps).toContain(words[language].watch.unknownRecall);
    expect(read(language, watches[4]!)).toContain(say.waiver.granted);
  });

  it('says of the fee of a recalled card what was said, and that it is not applicable to it', () => {
    const { notApplicable } = words[language];
    const marked = watches.filter((watch) => read(language, watch).includes(notApplicable));
    expect(marked.map(({ state }) => state)).toEqual(['recalled']);
    const { granted } = { en: readinessEn, ja: readinessJa }[language].waiver;
    expect(read(language, { state: 'recalled' })).toContain(granted);
  });

  it('tells an order whose card is on no list from one whose card nobody can tell', () => {
    const found = foundOf(ordinary);
    const hit = found.hits.find(({ card, reason }) => card === undefined && reason === undefined)!;
    const shown = [true, false].map((isUnlisted) => {
      const view = { language, colour: false };
      const lines = lookupScreen({ ...found, hits: [{ ...hit, isUnlisted }] }, view).join('\n');
      const text = lines.replaceAll(/\s/g, '');
      return [words[language].unlisted, words[language].askNumber].map((each) =>
        text.includes(each.replaceAll(' ', '')),
      );
    });
    expect(shown).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('has the caller say what the letter to the card company promises', () => {
    const path = `../../../config/letters/waiver-request.${language}.txt`;
    const letter = readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
    const [, sentence] = /["「](.*)["」]/.exec(say.toCompany('{{public_name}}'))!;
    expect(letter).toContain(sentence);
    const told = watches.filter((watch) => /["」]/.test(read(language, watch)));
    expect(told).toEqual(watches.filter(({ state }) => state !== 'recalled'));
  });
});
