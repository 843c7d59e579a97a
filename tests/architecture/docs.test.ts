import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { deliveryStates } from '../../src/domain/handoff/delivery-states.ts';
import { schemaStatements } from '../../src/edge/sqlite/schema.ts';
import { intakeCodes } from '../../src/domain/intake/errors.ts';
import { acceptableReasons, reasons, warnings } from '../../src/domain/intake/reasons.ts';
import { exitStatuses } from '../../src/doors/cli/exit-statuses.ts';
import { deliveryCodes } from '../../src/exchange/delivery/delivery-errors.ts';
import { buildProgram } from '../../src/doors/cli/program.ts';
import { commonWords } from '../../src/doors/cli/words/ja/common.ts';
import { reasonWords } from '../../src/doors/cli/words/ja/reasons.ts';
import { shellWords, wrongWord } from '../support/command-words.ts';
import {
  allPages,
  brokenLinksOf,
  codeRowsOf,
  fencesOf,
  inlineCodeOf,
  page,
  type Page,
} from '../support/markdown.ts';

const program = buildProgram('0.0.0', () => {
  throw new Error('nothing is run here');
});
const groups = program.commands.filter(({ commands }) => commands.length > 0);

/** Command lines of the shell blocks, continued lines joined, without the program's name. */
function typedCommands(of: Page): string[][] {
  return fencesOf(of)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ lines }) =>
      lines
        .join('\n')
        .replaceAll(/ *\\\n */g, ' ')
        .split('\n'),
    )
    .filter((line) => line.startsWith('mimamori '))
    .map((line) => shellWords(line).slice(1));
}

/** Commands named in a sentence, as `mimamori bins show` or `handoff retry BATCH`. */
function namedCommands(of: Page): string[][] {
  return inlineCodeOf(of).flatMap((code) => {
    const [first = '', second = ''] = shellWords(code);
    if (first === 'mimamori') return [shellWords(code).slice(1)];
    const isGroup = groups.some((group) => group.name() === first) && /^[a-z]+$/.test(second);
    return isGroup ? [shellWords(code)] : [];
  });
}

describe('pages', () => {
  it('are found', () => {
    expect(allPages().length).toBeGreaterThan(40);
  });

  it.each(allPages().map((of) => [of.path, of] as const))('%s has no dead link', (_path, of) => {
    expect(brokenLinksOf(of)).toEqual([]);
  });

  it.each(allPages().map((of) => [of.path, of] as const))(
    '%s names only commands and options that are registered',
    (_path, of) => {
      const wrong = [...typedCommands(of), ...namedCommands(of)]
        .map((words) => ({ words, at: wrongWord(program, words) }))
        .filter(({ at }) => at !== undefined)
        .map(({ words, at }) => `${words.join(' ')} (${at ?? ''})`);

      expect(wrong).toEqual([]);
    },
  );

  it('notice a dead link, an unknown command and an unknown option', () => {
    expect(
      brokenLinksOf({ path: 'README.md', text: '[x](docs/none.md) [y](SECURITY.md#no)' }),
    ).toEqual(['docs/none.md', 'SECURITY.md#no']);
    expect(wrongWord(program, ['handoff', 'send', 'h7k2m9qa'])).toBe('send');
    expect(wrongWord(program, ['handoff', 'deliver', 'h7k2m9qa', '--force'])).toBe('--force');
    expect(
      wrongWord(program, ['handoff', 'deliver', 'h7k2m9qa', '--as', 'officer-1']),
    ).toBeUndefined();
  });
});

describe.each(['README.md', 'README.ja.md'])('%s', (path) => {
  const steps = page(path).text.match(/^\d+\. \*\*.+$/gm) ?? [];

  it('hands over in ten steps, each with a command', () => {
    const [, last = ''] = page(path).text.split(/^## .*(?:ten steps|10 手順)$/m);
    const numbered = last.split(/^(?=\d+\. \*\*)/m).filter((part) => /^\d+\./.test(part));

    expect(numbered.map((part) => Number.parseInt(part, 10))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    for (const part of numbered) expect(typedCommands({ path, text: part })).not.toEqual([]);
    expect(steps.length).toBeGreaterThan(9);
  });

  it('types the same commands in both languages', () => {
    const inBoth = (text: string[][]): string[][] =>
      text.map((words) => words.map((word) => word.replace(/'[^']*'/, "'…'")));

    expect(inBoth(typedCommands(page(path)))).toEqual(inBoth(typedCommands(page('README.md'))));
  });
});

describe('docs/operating/exit-statuses.md', () => {
  it('lists every code under the status it leaves with', () => {
    const sections = page('docs/operating/exit-statuses.md')
      .text.split(/^## (?=\d)/m)
      .slice(1);
    const listed = sections.flatMap((text) =>
      codeRowsOf({ path: '', text }).map(([code]) => [code!, Number.parseInt(text, 10)] as const),
    );

    expect(Object.fromEntries(listed)).toEqual(exitStatuses);
    expect(listed.length).toBe(Object.keys(exitStatuses).length);
  });
});

describe('docs/operating/delivery.md', () => {
  it('tells the exit status of every code of a delivery', () => {
    const rows = codeRowsOf(page('docs/operating/delivery.md'));
    const listed = rows.map(([code, status]) => [code, Number(status)] as const);
    const statuses = Object.entries(exitStatuses);

    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(statuses.filter(([code]) => Object.hasOwn(deliveryCodes, code))),
    );
  });
});

describe('docs/decisions/0002-dependencies.md', () => {
  it('lists what package.json brings at run time, at its version', () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>;
    const rows = codeRowsOf(page('docs/decisions/0002-dependencies.md'));

    expect(Object.fromEntries(rows.map(([name, version]) => [name, version]))).toEqual({
      ...dependencies,
      ...optionalDependencies,
    });
  });
});

describe('docs/operating/bad-input.md', () => {
  const { text } = page('docs/operating/bad-input.md');

  it('says what to do about every reason and warning', () => {
    const missing = [...reasons.map(({ id }) => id), ...warnings].filter(
      (word) => !text.includes(`\`${word}\``),
    );

    expect(missing).toEqual([]);
  });

  it('offers to accept what can be accepted, and nothing else', () => {
    const offered = [...text.matchAll(/--accept-held ([a-z-]+)/g)].map(([, word]) => word!);

    expect([...new Set(offered)].sort()).toEqual([...acceptableReasons].sort());
  });

  it('says what to do about every refusal of a source, certificate or issuer table', () => {
    const codes = Object.keys(exitStatuses).filter((code) =>
      /^(?:source|certificate|bin)-/.test(code),
    );
    const missing = [...Object.keys(intakeCodes), ...codes]
      .filter(
        (code) =>
          !['bin-table-changed', 'source-unfinished', 'certificate-no-longer-good'].includes(code),
      )
      .filter((code) => !text.includes(`\`${code}\``));

    expect(missing).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const { text } = page('docs/architecture.md');

  it('names every room of a floor', () => {
    const floors = ['domain', 'exchange', 'edge', 'doors'] as const;
    const missing = floors.flatMap((floor) => {
      const said = new RegExp(`── ${floor}/(.*?)(?:├|└)`, 's').exec(text)![1]!.split(/[\s;:]+/);
      return readdirSync(new URL(`../../src/${floor}/`, import.meta.url), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !said.includes(entry.name))
        .filter(({ name }) => !name.startsWith('demo-') || !said.includes('demo-*'))
        .map(({ name }) => `${floor}/${name}`);
    });

    expect(missing).toEqual([]);
  });

  it('names every table', () => {
    const tables = schemaStatements.flatMap((sql) => /^CREATE TABLE (\w+)/.exec(sql)?.[1] ?? []);

    expect(tables).toContain('leaf');
    expect(tables.filter((table) => !text.includes(`\`${table}\``))).toEqual([]);
  });
});

describe('docs/glossary.md', () => {
  const rows = new Map(
    codeRowsOf(page('docs/glossary.md')).map(([word, of, ja]) => [word!, { of, ja }]),
  );
  const { batchState, handoffState } = commonWords;

  it('has every state word, in the Japanese of the screens', () => {
    const shown = { ...batchState, ...handoffState };
    const words = [
      ...deliveryStates,
      'preparing',
      'undecided',
      'decided',
      'nothing-to-send',
    ] as const;

    expect(words.map((word) => [word, rows.get(word)?.ja])).toEqual(
      words.map((word) => [word, shown[word]]),
    );
  });

  it('has every reason, with its kind and the Japanese of the screens', () => {
    expect(reasons.map(({ id }) => [id, rows.get(id)])).toEqual(
      reasons.map(({ id, kind }) => [id, { of: kind, ja: reasonWords[id] }]),
    );
  });
});
