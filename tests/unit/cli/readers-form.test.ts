import { describe, expect, it } from 'vitest';

import { doctorScreen } from '../../../src/doors/cli/screens/doctor-screen.ts';
import { withSlashes, writtenOut } from '../../../src/doors/cli/figures.ts';
import { lookupWords } from '../../../src/doors/cli/words/ja/lookup.ts';

const checks = [
  { check: 'clock', verdict: 'ok', facts: { now: '2026-11-22T15:30:25.408Z' } },
  { check: 'holidays', verdict: 'ok', facts: { last: '2027', edition: '2026-11-22' } },
] as const;

describe('doctorScreen()', () => {
  it.each([
    ['ja', '2026/11/23 00:30 JST', '2026/11/22'],
    ['en', '2026-11-23 00:30 JST', '2026-11-22'],
  ] as const)(
    'tells moments on the clock of the workspace, and days, in %s',
    (language, at, day) => {
      const view = { language, colour: false, timeZone: 'Asia/Tokyo' };
      const shown = doctorScreen(checks, view).join('\n');
      expect(shown).toContain(at);
      expect(shown).toContain(day);
      expect(shown).not.toMatch(/T15:30/);
    },
  );
});

describe('withSlashes()', () => {
  it('turns days of a file into those of a Japanese reader, and nothing else', () => {
    expect(withSlashes('2019-12-16〜2020-04-08T12:00')).toBe('2019/12/16〜2020/04/08T12:00');
    expect(withSlashes('03-1234-5678 EX-2020-0407')).toBe('03-1234-5678 EX-2020-0407');
  });
});

describe('writtenOut()', () => {
  it('writes days as a letter has them and leaves times and all else', () => {
    expect(writtenOut('2019-12-16〜2020-04-08T12:00')).toBe('2019年12月16日〜2020年4月8日12:00');
    expect(writtenOut('03-1234-5678 EX-2020-0407')).toBe('03-1234-5678 EX-2020-0407');
  });

  it('is how a caller is told the days in Japanese', () => {
    const said = lookupWords.say.affected('店', '2019-12-16', '2020-04-08');
    expect(said).toContain('2019年12月16日から2020年4月8日まで');
  });
});
