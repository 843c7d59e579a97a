import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Frontier } from '../../../src/domain/tlog/frontier.ts';
import { consistencyProof, inclusionProof, rootAt } from '../../../src/domain/tlog/tree.ts';
import { growTree, naiveRoot, sampleLeaves } from '../../support/merkle-tree.ts';

const leaves = sampleLeaves(300);
const tree = growTree(leaves);

describe('trees of up to 300 leaves', () => {
  it('rootAt() and Frontier.root() equal the root by definition at every size', () => {
    const frontier = new Frontier();
    for (let size = 0; size <= leaves.length; size += 1) {
      const expected = naiveRoot(leaves.slice(0, size));
      expect(rootAt(size, tree.readNode)).toEqual(expected);
      expect(frontier.root()).toEqual(expected);
      if (size < leaves.length) frontier.add(leaves[size]!);
    }
  });

  it('appendLeaf() and Frontier.add() complete the same nodes, 2n − popcount(n) in all', () => {
    const frontier = new Frontier();
    const derived = leaves.flatMap((leaf) => [...frontier.add(leaf)]);
    expect(derived.map(({ level, index }) => `${level}/${index}`)).toEqual([...tree.nodes.keys()]);
    expect(derived.map(({ hash }) => hash)).toEqual([...tree.nodes.values()]);
    expect(tree.nodes.size).toBe(2 * 300 - 4);
  });

  it('inclusionProof() is the path by definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (size, choice) => {
        const index = choice % size;
        const proof = inclusionProof(index, size, tree.readNode);
        expect(proof).toEqual(naivePath(index, leaves.slice(0, size)));
      }),
    );
  });

  it('consistencyProof() is the proof by definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (to, choice) => {
        const from = 1 + (choice % to);
        const proof = consistencyProof(from, to, tree.readNode);
        expect(proof).toEqual(naiveSubproof(from, leaves.slice(0, to), true));
      }),
    );
  });
});

/** PATH(m, D[n]) of RFC 6962 §2.1.1. */
function naivePath(index: number, part: readonly Uint8Array[]): Uint8Array[] {
  if (part.length === 1) return [];
  const split = splitOf(part.length);
  const [left, right] = [part.slice(0, split), part.slice(split)];
  return index < split
    ? [...naivePath(index, left), naiveRoot(right)]
    : [...naivePath(index - split, right), naiveRoot(left)];
}

/** SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2. */
function naiveSubproof(from: number, part: readonly Uint8Array[], known: boolean): Uint8Array[] {
  if (from === part.length) return known ? [] : [naiveRoot(part)];
  const split = splitOf(part.length);
  const [left, right] = [part.slice(0, split), part.slice(split)];
  return from <= split
    ? [...naiveSubproof(from, left, known), naiveRoot(right)]
    : [...naiveSubproof(from - split, right, false), naiveRoot(left)];
}

function splitOf(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1);
}
