import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { filesUnder, visitNodes } from '../support/source-tree.ts';

interface Machine {
  readonly place: string;
  readonly words: readonly string[];
}

/**
 * State machines are found by their names: a type `…State` that is a union of words, a list `…States` of words. A type
 * made from another (`Extract<DeliveryState, …>`) declares no words of its own.
 */
function machines(): Machine[] {
  const found: Machine[] = [];
  for (const path of filesUnder('src', '.ts')) {
    visitNodes(path, (node) => {
      const words = wordsOf(node);
      if (words.length > 0) found.push({ place: `${path}#${nameOf(node)}`, words });
    });
  }
  return found;
}

function wordsOf(node: ts.Node): string[] {
  if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('State')) {
    return ts.isUnionTypeNode(node.type) ? node.type.types.flatMap(literalTypes) : [];
  }
  if (ts.isVariableDeclaration(node) && node.name.getText().endsWith('States')) {
    const list = node.initializer === undefined ? undefined : withoutAssertion(node.initializer);
    if (list === undefined || !ts.isArrayLiteralExpression(list)) return [];
    return list.elements.flatMap((element) => (ts.isStringLiteral(element) ? [element.text] : []));
  }
  return [];
}

function literalTypes(type: ts.TypeNode): string[] {
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}

function withoutAssertion(node: ts.Expression): ts.Expression {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node)
    ? withoutAssertion(node.expression)
    : node;
}

function nameOf(node: ts.Node): string {
  return ts.isTypeAliasDeclaration(node) || ts.isVariableDeclaration(node)
    ? node.name.getText()
    : '';
}

describe('the words of states', () => {
  it('are found where they are declared', () => {
    expect(machines().map(({ place }) => place)).toEqual(
      expect.arrayContaining([
        'src/domain/handoff/delivery-states.ts#deliveryStates',
        'src/exchange/handoff/handoff-register.ts#HandoffState',
      ]),
    );
  });

  it('belong to one state machine each', () => {
    const owners = new Map<string, string[]>();
    for (const { place, words } of machines()) {
      for (const word of words) owners.set(word, [...(owners.get(word) ?? []), place]);
    }
    const shared = [...owners].filter(([, places]) => places.length > 1);

    expect(shared).toEqual([]);
  });
});
