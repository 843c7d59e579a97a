import { hash } from 'node:crypto';

import { appendLeaf } from '../../src/domain/tlog/tree.ts';
import type { ReadNode } from '../../src/domain/tlog/tree.ts';

/** A tree kept in memory as a store would keep it: complete nodes by level and index. */
export interface GrownTree {
  readonly nodes: Map<string, Uint8Array>;
  readonly readNode: ReadNode;
}

/** Appends leaf hashes one by one, storing what `appendLeaf` returns. */
export function growTree(leafHashes: readonly Uint8Array[]): GrownTree {
  const nodes = new Map<string, Uint8Array>();
  const readNode: ReadNode = (level, index) => nodes.get(`${level}/${index}`);
  leafHashes.forEach((leaf, size) => {
    for (const node of appendLeaf(size, leaf, readNode).nodes) {
      nodes.set(`${node.level}/${node.index}`, node.hash);
    }
  });
  return { nodes, readNode };
}

/** The root as RFC 6962 §2.1 defines it, word for word: slow, and sharing no code with the product. */
export function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256([1], naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

/** Distinct 32-byte leaf hashes. */
export function sampleLeaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => sha256([0], Buffer.from(`leaf ${index}`)));
}

function sha256(...parts: (Uint8Array | number[])[]): Uint8Array {
  const input = Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  return new Uint8Array(hash('sha256', input, 'buffer'));
}
