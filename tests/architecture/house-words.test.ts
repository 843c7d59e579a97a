import { existsSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { filesUnder, placesWhere, root, textOf, visitText } from '../support/source-tree.ts';

const drawers = /(^|[/.-])(utils?|helpers?|services?|managers?|types|misc)([/.-]|$)/;
const promises = /\b(TODO|FIXME|XXX)\b/;
const silencers = /@ts-(ignore|nocheck)/;
const lintSilencers = /eslint-disable/;
const reasonBehind = / -- \S.{10,}/;
const outside = /\.\.\/shared\b|\/work\/(main|shared)\b/;

/** This file names what it forbids; everything else is searched. */
const self = 'tests/architecture/house-words.test.ts';

function codeFiles(): string[] {
  return ['src', 'bin', 'tests', 'bench']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesUnder(folder, '.ts', '.mjs'))
    .filter((path) => path !== self);
}

/** Lines for which `isWrong` holds, as `file:line`. */
function linesWhere(paths: readonly string[], isWrong: (line: string) => boolean): string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (isWrong(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('file names', () => {
  it('say what is inside: kebab-case, and no word that fits everything', () => {
    const wrong = codeFiles().filter((path) => drawers.test(path) || !/^[a-z0-9./-]+$/.test(path));

    expect(wrong).toEqual([]);
  });

  it('are those of the files that are imported: src has no barrels', () => {
    expect(codeFiles().filter((path) => /^src\/(.*\/)?index\.ts$/.test(path))).toEqual([]);
  });

  it.each(['src/exchange/types.ts', 'src/domain/utils/a.ts', 'src/edge/key-manager.ts'])(
    'such as %s are noticed',
    (path) => {
      expect(path).toMatch(drawers);
    },
  );
});

describe('comments', () => {
  it('promise nothing for later', () => {
    expect(linesWhere(codeFiles(), (line) => promises.test(line))).toEqual([]);
  });

  it('silence no compiler', () => {
    expect(linesWhere(codeFiles(), (line) => silencers.test(line))).toEqual([]);
  });

  it('silence the linter only with a reason on the line', () => {
    const isBare = (line: string) => lintSilencers.test(line) && !reasonBehind.test(line);

    expect(linesWhere(codeFiles(), isBare)).toEqual([]);
  });

  it.each([
    ['// TODO: the other half', promises],
    ['  // @ts-ignore', silencers],
    ['// eslint-disable-next-line no-console', lintSilencers],
  ])('such as "%s" are noticed', (line, pattern) => {
    expect(line).toMatch(pattern);
    expect(line).not.toMatch(reasonBehind);
  });
});

describe('tests', () => {
  const starters = new Set(['it', 'test', 'describe', 'suite']);
  const leavingOut = new Set(['only', 'skip', 'todo', 'skipIf', 'runIf', 'fails']);
  const leavesOut = (node: ts.Node) =>
    ts.isPropertyAccessExpression(node) &&
    leavingOut.has(node.name.text) &&
    starters.has(firstName(node.expression));

  it('are all run: none is left out, singled out or put off', () => {
    const files = codeFiles().filter((path) => path.endsWith('.test.ts'));

    expect(placesWhere(files, leavesOut)).toEqual([]);
  });

  it.each([...leavingOut])('that say %s are noticed', (word) => {
    let isNoticed = false;
    visitText('some.test.ts', `describe.concurrent.${word}('a claim', () => {});`, (node) => {
      isNoticed ||= leavesOut(node);
    });

    expect(isNoticed).toBe(true);
  });
});

describe('the project', () => {
  it('stands on its own: nothing refers to folders that only its makers have', () => {
    const texts = filesUnder('.').filter((path) => path !== self);

    expect(linesWhere(texts, (line) => outside.test(line))).toEqual([]);
  });
});

function firstName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) {
    return firstName(node.expression);
  }
  return '';
}
