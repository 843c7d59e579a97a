import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

/** The checkout that is tested. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git']);

/**
 * Files under a folder of the checkout, as paths from its root with `/`, sorted. `endings` such as `.ts`; none for all.
 */
export function filesUnder(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => notOurs.has(part)))
    .filter((path) => endings.length === 0 || endings.some((ending) => path.endsWith(ending)))
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** A place in the code by its names, so that it stays the same when lines move: `src/cde/main.ts#readJob`. */
export type Place = string;

/** Calls `visit` for every node of a file, with the innermost named function or method around it. */
export function visitNodes(path: string, visit: (node: ts.Node, place: Place) => void): void {
  const known = parsed.get(path) ?? parse(path, textOf(path));
  parsed.set(path, known);
  walk(known, path, visit);
}

/** Parsing takes longer than walking, and many questions are asked about the same files. */
const parsed = new Map<string, ts.SourceFile>();

/** As `visitNodes`, for a text that is not (or not so) in the checkout. */
export function visitText(
  path: string,
  text: string,
  visit: (node: ts.Node, place: Place) => void,
): void {
  walk(parse(path, text), path, visit);
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
}

function walk(
  node: ts.Node,
  path: string,
  visit: (node: ts.Node, place: Place) => void,
  name = '',
): void {
  const inner = nameOf(node) ?? name;
  visit(node, inner === '' ? path : `${path}#${inner}`);
  ts.forEachChild(node, (child) => {
    walk(child, path, visit, inner);
  });
}

/** Places of all nodes for which `isWanted` holds, each place once, sorted. */
export function placesWhere(
  paths: readonly string[],
  isWanted: (node: ts.Node) => boolean,
): Place[] {
  const places = new Set<Place>();
  for (const path of paths) {
    visitNodes(path, (node, place) => {
      if (isWanted(node)) places.add(place);
    });
  }
  return [...places].sort();
}

/** `Date.now` for that expression, `eval` for that name; '' for everything but names and names behind names. */
export function dottedName(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  if (!ts.isPropertyAccessExpression(node)) return '';
  const before = dottedName(node.expression);
  return before === '' ? '' : `${before}.${node.name.text}`;
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name?.text;
  if (ts.isMethodDeclaration(node) || ts.isGetAccessor(node)) return node.name.getText();
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const isNamedArrow =
    ts.isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer));
  return isNamedArrow ? node.name.getText() : undefined;
}
