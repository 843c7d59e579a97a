import { TlogFault } from './errors.ts';
import { emptyRoot, HASH_BYTES, nodeHash } from './hashes.ts';

/**
 * A node of a complete subtree: `index` counts from the left at its level, so it covers the leaves
 * `index · 2^level` up to, not including, `(index + 1) · 2^level`. Level 0 holds the leaf hashes.
 * Once written a node never changes: that is why only complete subtrees are stored.
 */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** Reads a stored node of 32 bytes; `undefined` when there is none. */
export type ReadNode = (level: number, index: number) => Uint8Array | undefined;

/** Where a node stands. */
export type NodePlace = Omit<TreeNode, 'hash'>;

/**
 * The nodes that a computation reads, so that a store fetches these few and not all. Which they are follows from sizes
 * and indices alone; the computation runs on hashes that mean nothing, and its result is dropped.
 */
export function placesRead(compute: (readNode: ReadNode) => unknown): readonly NodePlace[] {
  const places: NodePlace[] = [];
  compute((level, index) => {
    places.push({ level, index });
    return new Uint8Array(HASH_BYTES);
  });
  return places;
}

/**
 * The nodes that become complete when a leaf is added to a tree of `size` leaves, lowest level first; the first
 * is the leaf itself. All of them must be stored before the next leaf is added, in the transaction of the leaf.
 *
 * `size` is 0 or more. Throws `tree-range`, `tree-hash-size`, `tree-node-missing`.
 */
export function appendLeaf(
  size: number,
  leafHash: Uint8Array,
  readNode: ReadNode,
): { readonly nodes: readonly TreeNode[] } {
  assertSize(size);
  assertHash(leafHash, 0, size);
  const nodes: TreeNode[] = [{ level: 0, index: size, hash: leafHash }];
  let { level, index, hash } = nodes[0]!;
  while (index % 2 === 1) {
    hash = nodeHash(stored(readNode, level, index - 1), hash);
    level += 1;
    index = (index - 1) / 2;
    nodes.push({ level, index, hash });
  }
  return { nodes };
}

/**
 * Root of the first `size` leaves (RFC 6962 §2.1), also of an earlier size than the tree has now.
 * Throws `tree-range`, `tree-node-missing`.
 */
export function rootAt(size: number, readNode: ReadNode): Uint8Array {
  assertSize(size);
  return size === 0 ? emptyRoot() : rangeHash(0, size, readNode);
}

/**
 * Hashes that lead from leaf `index` to the root of the first `size` leaves, lowest level first (RFC 6962 §2.1.1).
 * Throws `tree-range` unless 0 ≤ index < size, `tree-node-missing`.
 */
export function inclusionProof(index: number, size: number, readNode: ReadNode): Uint8Array[] {
  assertSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new TlogFault('tree-range', { index, size });
  }
  return path(index, 0, size, readNode);
}

/**
 * Hashes that show that the tree of `to` leaves extends the tree of `from` leaves (RFC 6962 §2.1.2).
 * Empty when the sizes are equal. Throws `tree-range` unless 0 < from ≤ to (of an empty tree there is nothing
 * to show), `tree-node-missing`.
 */
export function consistencyProof(from: number, to: number, readNode: ReadNode): Uint8Array[] {
  assertSize(to);
  if (!Number.isSafeInteger(from) || from <= 0 || from > to) {
    throw new TlogFault('tree-range', { from, to });
  }
  return subproof(from, 0, to, true, readNode);
}

/** Root of `count` leaves from `start` on; `start` is a multiple of a power of two that is not below `count`. */
function rangeHash(start: number, count: number, readNode: ReadNode): Uint8Array {
  const split = largestPowerBelow(count);
  if (split * 2 === count || count === 1) {
    const level = Math.round(Math.log2(count));
    return stored(readNode, level, start / count);
  }
  return nodeHash(
    rangeHash(start, split, readNode),
    rangeHash(start + split, count - split, readNode),
  );
}

function path(index: number, start: number, count: number, readNode: ReadNode): Uint8Array[] {
  if (count === 1) return [];
  const split = largestPowerBelow(count);
  return index < split
    ? [...path(index, start, split, readNode), rangeHash(start + split, count - split, readNode)]
    : [
        ...path(index - split, start + split, count - split, readNode),
        rangeHash(start, split, readNode),
      ];
}

/** SUBPROOF of RFC 6962 §2.1.2; `known` says whether the verifier has the hash of this subtree already. */
function subproof(
  from: number,
  start: number,
  count: number,
  known: boolean,
  readNode: ReadNode,
): Uint8Array[] {
  if (from === count) return known ? [] : [rangeHash(start, count, readNode)];
  const split = largestPowerBelow(count);
  return from <= split
    ? [
        ...subproof(from, start, split, known, readNode),
        rangeHash(start + split, count - split, readNode),
      ]
    : [
        ...subproof(from - split, start + split, count - split, false, readNode),
        rangeHash(start, split, readNode),
      ];
}

/** Largest power of two below `count`; 1 for 1. No bit operators: they cut sizes to 32 bits. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function stored(readNode: ReadNode, level: number, index: number): Uint8Array {
  const hash = readNode(level, index);
  if (hash === undefined) throw new TlogFault('tree-node-missing', { level, index });
  assertHash(hash, level, index);
  return hash;
}

function assertSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new TlogFault('tree-range', { size });
}

function assertHash(hash: Uint8Array, level: number, index: number): void {
  if (hash.length !== HASH_BYTES) throw new TlogFault('tree-hash-size', { level, index });
}
