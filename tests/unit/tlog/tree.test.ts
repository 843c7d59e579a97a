import { describe, expect, it } from 'vitest';

import {
  appendLeaf,
  consistencyProof,
  inclusionProof,
  rootAt,
} from '../../../src/domain/tlog/tree.ts';
import { verifyConsistency, verifyInclusion } from '../../../src/domain/tlog/verify-proofs.ts';
import { growTree, sampleLeaves } from '../../support/merkle-tree.ts';

const leaves = sampleLeaves(7);
const { nodes, readNode } = growTree(leaves);
const root = rootAt(7, readNode);
const inclusion = {
  index: 5,
  size: 7,
  leafHash: leaves[5]!,
  root,
  proof: inclusionProof(5, 7, readNode),
};
const consistency = {
  from: 3,
  to: 7,
  fromRoot: rootAt(3, readNode),
  toRoot: root,
  proof: consistencyProof(3, 7, readNode),
};
const sizesOutOfRange = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 63];

describe('appendLeaf()', () => {
  it('returns the leaf and the nodes above it that become complete', () => {
    const { nodes: added } = appendLeaf(7, leaves[0]!, readNode);
    expect(added.map(({ level, index }) => [level, index])).toEqual([
      [0, 7],
      [1, 3],
      [2, 1],
      [3, 0],
    ]);
  });

  it('returns the leaf alone at an even size', () => {
    expect(appendLeaf(6, leaves[6]!, readNode).nodes).toHaveLength(1);
  });

  it('refuses a hash that is not 32 bytes', () => {
    expect(() => appendLeaf(7, new Uint8Array(31), readNode)).toThrow(fault('tree-hash-size'));
  });

  it('refuses a store that lost the neighbour or keeps it cut', () => {
    expect(() => appendLeaf(7, leaves[0]!, () => undefined)).toThrow(fault('tree-node-missing'));
    expect(() => appendLeaf(7, leaves[0]!, () => new Uint8Array(8))).toThrow(
      fault('tree-hash-size'),
    );
  });

  it.each(sizesOutOfRange)('refuses size %s', (size) => {
    expect(() => appendLeaf(size, leaves[0]!, readNode)).toThrow(fault('tree-range'));
  });
});

describe('rootAt()', () => {
  it('reads complete nodes only', () => {
    expect([...nodes.keys()]).not.toContain('3/0');
    expect(rootAt(7, readNode)).toHaveLength(32);
  });

  it('refuses a size the store does not reach', () => {
    expect(() => rootAt(8, readNode)).toThrow(fault('tree-node-missing'));
  });

  it.each(sizesOutOfRange)('refuses size %s', (size) => {
    expect(() => rootAt(size, readNode)).toThrow(fault('tree-range'));
  });
});

describe('inclusionProof()', () => {
  it('is empty for the only leaf', () => {
    expect(inclusionProof(0, 1, readNode)).toEqual([]);
  });

  it.each([
    [7, 7],
    [-1, 7],
    [0, 0],
    [0.5, 7],
    [2 ** 53, 2 ** 53],
  ])('refuses index %s of size %s', (index, size) => {
    expect(() => inclusionProof(index, size, readNode)).toThrow(fault('tree-range'));
  });
});

describe('consistencyProof()', () => {
  it('is empty for equal sizes', () => {
    expect(consistencyProof(7, 7, readNode)).toEqual([]);
  });

  it.each([
    [0, 7],
    [8, 7],
    [-1, 7],
    [1.5, 7],
    [0, 0],
  ])('refuses sizes %s to %s', (from, to) => {
    expect(() => consistencyProof(from, to, readNode)).toThrow(fault('tree-range'));
  });
});

describe('verifyInclusion()', () => {
  it('accepts the leaf at its index', () => {
    expect(verifyInclusion(inclusion)).toBe(true);
  });

  it.each([
    ['another leaf', { leafHash: leaves[4]! }],
    ['an index at the size', { index: 7 }],
    ['an index beyond the size', { index: 8 }],
    ['a negative index', { index: -1 }],
    ['a fraction', { index: 4.5 }],
    ['size 0', { size: 0 }],
    ['size 2^53', { size: 2 ** 53 }],
    ['size 2^63', { size: 2 ** 63, index: 2 ** 62 }],
    ['size not a number', { size: Number.NaN }],
    ['no proof', { proof: [] }],
    ['a step of 31 bytes', { proof: inclusion.proof.with(0, new Uint8Array(31)) }],
    ['a root of no bytes', { root: new Uint8Array(0) }],
    ['a node passed off as a leaf', { index: 2, size: 4, leafHash: nodes.get('1/2')! }],
  ])('rejects %s', (_, change) => {
    expect(verifyInclusion({ ...inclusion, ...change })).toBe(false);
  });
});

describe('verifyConsistency()', () => {
  it('accepts a tree that extends the other, and a tree and itself', () => {
    expect(verifyConsistency(consistency)).toBe(true);
    expect(verifyConsistency({ from: 7, to: 7, fromRoot: root, toRoot: root, proof: [] })).toBe(
      true,
    );
  });

  it.each([
    ['size 0, about which nothing can be shown', { from: 0 }],
    ['size 0 with an empty proof', { from: 0, proof: [] }],
    ['a later size that is smaller', { to: 2 }],
    ['a negative size', { from: -3 }],
    ['size 2^63', { to: 2 ** 63 }],
    ['a fraction', { from: 3.5 }],
    ['no proof', { proof: [] }],
    ['another later root', { toRoot: leaves[0]! }],
    ['another earlier root', { fromRoot: leaves[0]! }],
    ['a root of 33 bytes', { toRoot: new Uint8Array(33) }],
    ['equal sizes with a proof', { from: 7, fromRoot: root }],
    ['equal sizes with other roots', { from: 7, proof: [] }],
  ])('rejects %s', (_, change) => {
    expect(verifyConsistency({ ...consistency, ...change })).toBe(false);
  });
});

function fault(code: string): unknown {
  return expect.objectContaining({ code });
}
