import { describe, expect, it } from 'vitest';

import { waiverLetterScreen } from '../../../src/doors/cli/screens/waiver-letter-screen.ts';
import type { WrittenLetter } from '../../../src/exchange/waivers/write-letter.ts';

const letter: WrittenLetter = {
  ...{ incident: 'shop-a-2020', issuer: "Bank O'Neill", cards: 3, notLeft: 0, charset: 'utf-8' },
  ...{ files: [], blanks: ['requested_terms'], request: 'free' },
};
const screen = (changes: Partial<WrittenLetter>, language: 'en' | 'ja'): string =>
  waiverLetterScreen({ ...letter, ...changes }, 'letter', { language, colour: false })
    .join(' ')
    .replaceAll(/\\? +/g, ' ');

describe.each(['en', 'ja'] as const)('waiverLetterScreen() in %s', (language) => {
  it('names the card company in the commands, as a shell takes it', () => {
    const text = screen({}, language);
    expect(text).toContain(`waiver request shop-a-2020 --issuer 'Bank O'\\''Neill' --by`);
    expect(text).toContain(`waiver except shop-a-2020 --issuer 'Bank O'\\''Neill' --file`);
    expect(screen({ issuer: '' }, language)).toContain('request shop-a-2020 --issuer unknown --by');
  });

  it('advises a request only where one can be recorded, with a reason where that takes one', () => {
    expect(screen({}, language)).not.toContain('--reason');
    expect(screen({ request: 'with-reason' }, language)).toContain('--as ID --reason "');
    const answered = screen({ request: 'none' }, language);
    expect(answered).not.toContain('waiver request');
    expect(answered).toContain('mimamori waiver show shop-a-2020');
  });

  it('says what fills in the terms that were asked for, where they are blank', () => {
    expect(screen({}, language)).toContain('--terms "…"');
    expect(screen({ blanks: ['contact'] }, language)).not.toContain('--terms');
  });
});
