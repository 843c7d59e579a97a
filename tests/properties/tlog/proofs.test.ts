import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { consistencyProof, inclusionProof, rootAt } from '../../../src/domain/tlog/tree.ts';
import { verifyConsistency, verifyInclusion } from '../../../src/domain/tlog/verify-proofs.ts';
import type { ConsistencyClaim, InclusionClaim } from '../../../src/domain/tlog/verify-proofs.ts';
import { growTree, sampleLeaves } from '../../support/merkle-tree.ts';

const LEAVES = 80;
const leaves = sampleLeaves(LEAVES);
const { readNode } = growTree(leaves);
const runs = { numRuns: 1_000 };

const inclusionClaims = fc
  .tuple(fc.integer({ min: 1, max: LEAVES }), fc.nat())
  .map(([size, choice]) => inclusionClaim(choice % size, size));
const consistencyClaims = fc
  .tuple(fc.integer({ min: 1, max: LEAVES }), fc.nat())
  .map(([to, choice]) => consistencyClaim(1 + (choice % to), to));

describe('verifyInclusion()', () => {
  it('accepts every proof of the tree', () => {
    for (let size = 1; size <= LEAVES; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(verifyInclusion(inclusionClaim(index, size))).toBe(true);
      }
    }
  });

  it('rejects a proof with any bit flipped, in any part', () => {
    fc.assert(
      fc.property(inclusionClaims, fc.nat(), (claim, choice) => {
        const parts = [claim.leafHash, claim.root, ...claim.proof];
        const mutated = withFlippedBit(parts, choice);
        const [leafHash, root, ...proof] = mutated;
        return !verifyInclusion({ ...claim, leafHash: leafHash!, root: root!, proof });
      }),
      runs,
    );
  });

  it('rejects a proof with a step dropped, doubled, added or two steps exchanged', () => {
    fc.assert(
      fc.property(inclusionClaims, fc.nat(), fc.nat(), (claim, a, b) =>
        restructured(claim.proof, a, b).every((proof) => !verifyInclusion({ ...claim, proof })),
      ),
      runs,
    );
  });

  it('rejects every other index of the same tree', () => {
    fc.assert(
      fc.property(inclusionClaims, fc.integer({ min: -1, max: LEAVES + 1 }), (claim, index) => {
        fc.pre(index !== claim.index);
        return !verifyInclusion({ ...claim, index });
      }),
      runs,
    );
  });

  it('rejects another size unless the tree of that size leads to the leaf by the same steps', () => {
    // The path of an early leaf may be right for several sizes; then its root differs, and the root is what is signed.
    fc.assert(
      fc.property(inclusionClaims, fc.integer({ min: 1, max: LEAVES }), (claim, size) => {
        fc.pre(size !== claim.size && claim.index < size);
        return !verifyInclusion({ ...claim, size, root: rootAt(size, readNode) });
      }),
      runs,
    );
  });
});

describe('verifyConsistency()', () => {
  it('accepts every proof of the tree', () => {
    for (let to = 1; to <= LEAVES; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        expect(verifyConsistency(consistencyClaim(from, to))).toBe(true);
      }
    }
  });

  it('rejects a proof with any bit flipped, in any part', () => {
    fc.assert(
      fc.property(consistencyClaims, fc.nat(), (claim, choice) => {
        const mutated = withFlippedBit([claim.fromRoot, claim.toRoot, ...claim.proof], choice);
        const [fromRoot, toRoot, ...proof] = mutated;
        return !verifyConsistency({ ...claim, fromRoot: fromRoot!, toRoot: toRoot!, proof });
      }),
      runs,
    );
  });

  it('rejects a proof with a step dropped, doubled, added or two steps exchanged', () => {
    fc.assert(
      fc.property(consistencyClaims, fc.nat(), fc.nat(), (claim, a, b) =>
        restructured(claim.proof, a, b).every((proof) => !verifyConsistency({ ...claim, proof })),
      ),
      runs,
    );
  });

  it('rejects a claim that the later tree came first', () => {
    fc.assert(
      fc.property(consistencyClaims, (claim) => {
        fc.pre(claim.from !== claim.to);
        const { from, to, fromRoot, toRoot } = claim;
        const turned = { from: to, to: from, fromRoot: toRoot, toRoot: fromRoot };
        return !verifyConsistency({ ...claim, ...turned });
      }),
    );
  });

  it('rejects the proof for a tree whose past was changed', () => {
    fc.assert(
      fc.property(consistencyClaims, fc.nat(), (claim, choice) => {
        const rewritten = leaves.with(choice % claim.from, new Uint8Array(32).fill(7));
        const forked = growTree(rewritten.slice(0, claim.to)).readNode;
        const toRoot = rootAt(claim.to, forked);
        const proof = consistencyProof(claim.from, claim.to, forked);
        return !verifyConsistency({ ...claim, toRoot, proof });
      }),
    );
  });
});

function inclusionClaim(index: number, size: number): InclusionClaim {
  const proof = inclusionProof(index, size, readNode);
  return { index, size, leafHash: leaves[index]!, root: rootAt(size, readNode), proof };
}

function consistencyClaim(from: number, to: number): ConsistencyClaim {
  const [fromRoot, toRoot] = [rootAt(from, readNode), rootAt(to, readNode)];
  return { from, to, fromRoot, toRoot, proof: consistencyProof(from, to, readNode) };
}

function withFlippedBit(parts: readonly Uint8Array[], choice: number): Uint8Array[] {
  const bit = choice % (parts.length * 256);
  const part = Math.floor(bit / 256);
  const changed = Uint8Array.from(parts[part]!);
  changed[(bit % 256) >> 3]! ^= 1 << (bit & 7);
  return parts.with(part, changed);
}

function restructured(proof: readonly Uint8Array[], a: number, b: number): Uint8Array[][] {
  const added = [...proof, new Uint8Array(32)];
  if (proof.length === 0) return [added];
  const [i, j] = [a % proof.length, b % proof.length];
  const exchanged = proof.with(i, proof[j]!).with(j, proof[i]!);
  return [
    added,
    [new Uint8Array(32), ...proof],
    proof.toSpliced(i, 1),
    proof.toSpliced(i, 0, proof[i]!),
    ...(i === j ? [] : [exchanged]),
  ];
}
