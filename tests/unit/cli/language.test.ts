import { describe, expect, it } from 'vitest';

import { wantsColour } from '../../../src/doors/cli/colour.ts';
import { chooseLanguage } from '../../../src/doors/cli/language.ts';

describe('chooseLanguage()', () => {
  const all = {
    MIMAMORI_LANG: 'ja',
    LC_ALL: 'ja_JP.UTF-8',
    LC_MESSAGES: 'ja_JP',
    LANG: 'ja_JP.UTF-8',
  };

  it('goes by the option before everything else', () => {
    expect(chooseLanguage({ flag: 'en', environment: all, workspace: 'ja' })).toBe('en');
  });

  it('goes by MIMAMORI_LANG before the workspace, and by that before the locale', () => {
    expect(chooseLanguage({ environment: all, workspace: 'en' })).toBe('ja');
    expect(chooseLanguage({ environment: { LANG: 'en_US' }, workspace: 'ja' })).toBe('ja');
  });

  it.each([
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LC_ALL: 'C', LANG: 'ja_JP.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'ja', LANG: 'en_US' }, 'ja'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'japanese' }, 'en'],
    [{}, 'en'],
  ])('reads the locale %o', (environment, language) => {
    expect(chooseLanguage({ environment })).toBe(language);
  });

  it('passes over a MIMAMORI_LANG that it does not speak', () => {
    expect(chooseLanguage({ environment: { MIMAMORI_LANG: 'fr' }, workspace: 'ja' })).toBe('ja');
  });
});

describe('wantsColour()', () => {
  const terminal = { isTTY: true };

  it('wants it on a terminal where nothing forbids it', () => {
    expect(wantsColour(terminal, {})).toBe(true);
    expect(wantsColour(terminal, { NO_COLOR: '' })).toBe(true);
  });

  it.each([
    [{}, {}, false],
    [{ isTTY: false }, {}, false],
    [terminal, { NO_COLOR: '1' }, false],
    [terminal, { TERM: 'dumb' }, false],
    [terminal, {}, true],
  ])('does not for %o, %o, forbidden %s', (stream, environment, isForbidden) => {
    expect(wantsColour(stream, environment, isForbidden)).toBe(false);
  });
});
