import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { dottedName, filesUnder, placesWhere } from '../support/source-tree.ts';

// What may touch the world, beyond the imports that layers.test.ts looks at.

const everywhere = filesUnder('src', '.ts');
const core = everywhere.filter((path) => /^src\/(domain|exchange)\//.test(path));

/** SQL that is not one literal, and what it is made of. */
const builtSql = {
  'src/edge/sqlite/open-database.ts#createSchema': 'the statements of schema.ts and its version',
  'src/edge/sqlite/open-database.ts#openDatabase': 'the size of a page, a constant',
  'src/edge/sqlite/open-database.ts#setPragmas': 'the pragmas listed above it',
};

const readsClock = (node: ts.Node) =>
  /^(Date|performance)\.now$/.test(dottedName(node)) ||
  (ts.isNewExpression(node) &&
    dottedName(node.expression) === 'Date' &&
    (node.arguments ?? []).length === 0);

describe('the rules and use cases', () => {
  it('read no clock', () => {
    expect(placesWhere(core, readsClock)).toEqual([]);
  });

  it('know no process, no timer and no console', () => {
    const world = new Set(['process', 'setTimeout', 'setInterval', 'setImmediate', 'console']);
    const isWorld = (node: ts.Node) =>
      (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) &&
      ts.isIdentifier(node.expression) &&
      world.has(node.expression.text);

    expect(placesWhere(core, isWorld)).toEqual([]);
  });
});

describe('the whole program', () => {
  it('draws no guessable random numbers', () => {
    const draws = (node: ts.Node) => dottedName(node) === 'Math.random';

    expect(placesWhere(everywhere, draws)).toEqual([]);
  });

  it('makes SSH connections in edge/sftp only', () => {
    const connects = (node: ts.Node) =>
      ts.isNewExpression(node) && /(^|\.)Client$/.test(dottedName(node.expression));
    const rooms = placesWhere(everywhere, connects).map((place) => place.replace(/[^/]+$/, ''));

    expect(new Set(rooms)).toEqual(new Set(['src/edge/sftp/']));
  });

  it('writes to standard output and error through the sink only', () => {
    const prints = (node: ts.Node) =>
      /^console\./.test(dottedName(node)) ||
      /^process\.(stdout|stderr)\.write$/.test(dottedName(node));

    expect(placesWhere(everywhere, prints)).toEqual([]);
  });

  it('runs no code made of text', () => {
    const evaluates = (node: ts.Node) =>
      (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
      /^(eval|Function)$/.test(dottedName(node.expression));

    expect(placesWhere(everywhere, evaluates)).toEqual([]);
  });
});

describe('SQL', () => {
  const runners = new Set(['exec', 'prepare', 'pragma', 'raw']);
  const isBuilt = (node: ts.Node) =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    runners.has(node.expression.name.text) &&
    !(node.arguments[0] !== undefined && ts.isStringLiteralLike(node.arguments[0]));

  it('is written out, or built by kysely', () => {
    const rooms = everywhere.filter((path) => path.startsWith('src/edge/sqlite/'));

    expect(placesWhere(rooms, isBuilt)).toEqual(Object.keys(builtSql).sort());
  });

  it('takes values as parameters: no sql.raw and no sql.lit', () => {
    const unsafe = (node: ts.Node) => /^sql\.(raw|lit|literal)$/.test(dottedName(node));

    expect(placesWhere(everywhere, unsafe)).toEqual([]);
  });
});
