import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { WorkspaceFault } from '../../../src/domain/workspace/errors.ts';
import { faultScreen } from '../../../src/doors/cli/fault-screen.ts';
import { expectedText } from '../../../src/doors/cli/words/ja/expected-values.ts';

const root = new URL('../../../src/', import.meta.url).pathname;

const sources = ['doors/cli', 'exchange'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('words/'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);

/** What `usage` faults say of a value in words, as they stand in the code; what is filled in is a word. */
const said = sources
  .filter((text) => /'usage'|\busage\(/.test(text))
  .flatMap((text) => [
    ...text.matchAll(
      /(?:\busage\((?:[^,()]|\([^()]*\))*,\s*|\bexpected:\s*|\bexpected = )(['`])((?:(?!\1).)+)\1/g,
    ),
  ])
  .map(([, , phrase]) => phrase!.replace(/\$\{[^}]*\}/g, 'WORD').replaceAll('\\\\', '\\'))
  .filter((phrase) => /[a-z] [a-z]/.test(phrase));

describe('expectedText()', () => {
  it('has Japanese words for every English phrase of a usage fault', () => {
    expect(said.length).toBeGreaterThan(50);
    expect(said.filter((phrase) => !/[ぁ-ん一-龥]/.test(expectedText(phrase)))).toEqual([]);
  });

  it('stands on the Japanese screen, with what was filled in', () => {
    const of = (expected: string): string =>
      faultScreen(new WorkspaceFault('usage', { option: '--x', expected }), {
        language: 'ja',
        colour: false,
      })[0]!;
    expect(of('not together with --batch or --whole')).toBe(
      'mimamori: --x の指定が正しくありません。--batch、--whole とは併用できません',
    );
    expect(of('one of --issuer and --recipient')).not.toContain('指定できる値');
    expect(of('--control-file as well, such as --control-file "{stem}.done"')).not.toContain(
      '指定できる値',
    );
    expect(of('a directory such as /incoming/probe, without "..", "//" or "\\"')).toContain(
      '指定できる値',
    );
    expect(of('four digits')).toContain('--x の指定が正しくありません。指定できる値: 4桁の数字');
    expect(of('a text of at most 200 characters')).toContain('200文字までの文');
    expect(of('orders, recovered')).toContain('orders, recovered');
  });

  it('is no expectation on the English screen where it says what goes with what', () => {
    const of = (expected: string): string =>
      faultScreen(new WorkspaceFault('usage', { option: '--x', expected }), {
        language: 'en',
        colour: false,
      })[0]!;
    expect(of('not together with --batch or --whole')).toContain(': not together with');
    expect(of('only with --state granted-with-terms')).toContain(': only with');
    expect(of('four digits')).toContain(': expected four digits');
  });
});
