import { dirname, join } from 'node:path/posix';

import ts from 'typescript';

import { visitNodes } from './source-tree.ts';

/** Every file and package that is loaded with a file: files as paths from the root, packages by their names. */
export function loadedWith(entry: string): Set<string> {
  const loaded = new Set<string>([entry]);
  for (const path of loaded) {
    if (!path.startsWith('src/')) continue;
    for (const imported of importsOf(path)) loaded.add(imported);
  }
  return loaded;
}

/** Imports that are still there when types are gone, but for `import()`: that one is loaded when it is reached. */
function importsOf(path: string): string[] {
  const found: string[] = [];
  visitNodes(path, (node) => {
    if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return;
    const isType = ts.isImportDeclaration(node)
      ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : node.isTypeOnly;
    if (isType || node.moduleSpecifier === undefined) return;
    found.push(resolved(path, (node.moduleSpecifier as ts.StringLiteral).text));
  });
  return found;
}

function resolved(from: string, specifier: string): string {
  return specifier.startsWith('.') ? join(dirname(from), specifier) : specifier;
}
