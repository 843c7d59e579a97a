import { emptyRoot, nodeHash } from './hashes.ts';
import type { TreeNode } from './tree.ts';

/**
 * The right edge of a growing tree, which is all one needs to derive every node and every root from the leaves alone.
 * Holds one hash per level, so a log of any length is checked in constant memory.
 */
export class Frontier {
  /** By level: the complete subtree that waits for its right neighbour. */
  readonly #waiting: (Uint8Array | undefined)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf hash and returns the nodes it completes, lowest level first, the leaf itself included. */
  add(leafHash: Uint8Array): readonly TreeNode[] {
    const nodes: TreeNode[] = [{ level: 0, index: this.#size, hash: leafHash }];
    let { level, index, hash } = nodes[0]!;
    for (let left = this.#waiting[level]; left !== undefined; left = this.#waiting[level]) {
      this.#waiting[level] = undefined;
      hash = nodeHash(left, hash);
      level += 1;
      index = Math.floor(index / 2);
      nodes.push({ level, index, hash });
    }
    this.#waiting[level] = hash;
    this.#size += 1;
    return nodes;
  }

  /** Root of the leaves added so far (RFC 6962 §2.1). */
  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (const left of this.#waiting) {
      if (left !== undefined) root = root === undefined ? left : nodeHash(left, root);
    }
    return root ?? emptyRoot();
  }
}
