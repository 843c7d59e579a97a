import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { Frontier } from '../../../src/domain/tlog/frontier.ts';
import { emptyRoot, leafHash } from '../../../src/domain/tlog/hashes.ts';
import { consistencyProof, inclusionProof, rootAt } from '../../../src/domain/tlog/tree.ts';
import { verifyConsistency, verifyInclusion } from '../../../src/domain/tlog/verify-proofs.ts';
import { growTree } from '../../support/merkle-tree.ts';

interface TreeVectors {
  readonly empty: string;
  readonly leaves: readonly string[];
  readonly roots: readonly string[];
  readonly inclusion: { index: number; size: number; proof: readonly string[] };
  readonly consistency: { from: number; to: number; proof: readonly string[] };
}

const vectors = JSON.parse(
  readFileSync(new URL('tree.json', import.meta.url), 'utf8'),
) as TreeVectors;
const leaves = vectors.leaves.map((hex) => leafHash(bytes(hex)));
const tree = growTree(leaves);

describe('reference tree of eight leaves', () => {
  it('emptyRoot() is the published one', () => {
    expect(hex(emptyRoot())).toBe(vectors.empty);
    expect(hex(rootAt(0, tree.readNode))).toBe(vectors.empty);
  });

  it.each(vectors.roots.map((root, at) => [at + 1, root]))('rootAt(%i) is %s', (size, root) => {
    expect(hex(rootAt(size, tree.readNode))).toBe(root);
  });

  it('Frontier.root() gives the published roots one after the other', () => {
    const frontier = new Frontier();
    const roots = leaves.map((leaf) => {
      frontier.add(leaf);
      return hex(frontier.root());
    });
    expect(roots).toEqual(vectors.roots);
  });

  it('inclusionProof() is the recorded one and verifies', () => {
    const { index, size, proof } = vectors.inclusion;
    expect(inclusionProof(index, size, tree.readNode).map(hex)).toEqual(proof);
    const claim = { index, size, leafHash: leaves[index]!, root: root(size), proof: proof.map(bytes) };
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: 4 })).toBe(false);
  });

  it('consistencyProof() is the recorded one and verifies', () => {
    const { from, to, proof } = vectors.consistency;
    expect(consistencyProof(from, to, tree.readNode).map(hex)).toEqual(proof);
    const claim = { from, to, fromRoot: root(from), toRoot: root(to), proof: proof.map(bytes) };
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, from: 5, fromRoot: root(5) })).toBe(false);
  });
});

function root(size: number): Uint8Array {
  return bytes(vectors.roots[size - 1]!);
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}
