import { HASH_BYTES, nodeHash, sameBytes } from './hashes.ts';

/** "The leaf with this hash stands at `index` of the tree with this size and root." */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** "The tree of `to` leaves begins with the tree of `from` leaves." */
export interface ConsistencyClaim {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether an inclusion proof holds (RFC 9162 §2.1.3.2). Needs nothing but the claim: every field of it may come
 * from the party that is being checked, except the root. Never throws; sizes beyond 2^53 − 1 are refused.
 */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size, leafHash, root, proof } = claim;
  if (!isSize(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let at = index;
  let last = size - 1;
  let hash = leafHash;
  for (const step of proof) {
    // A longer proof than the tree is high would let the same root be reached for another index.
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(step, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/**
 * Whether a consistency proof holds (RFC 9162 §2.1.4.2): 0 < from ≤ to; equal sizes need an empty proof and
 * equal roots. A claim about an empty tree is refused, since it says nothing about the later one. Never throws.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim;
  if (!isSize(from) || !isSize(to) || from === 0 || from > to) return false;
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot);
  const steps = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  const [first, ...rest] = steps;
  if (first === undefined || proof.length === 0) return false;
  let at = from - 1;
  let last = to - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let earlier = first;
  let later = first;
  for (const step of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      earlier = nodeHash(step, earlier);
      later = nodeHash(step, later);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      later = nodeHash(later, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(earlier, fromRoot) && sameBytes(later, toRoot);
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function isHash(hash: Uint8Array): boolean {
  return hash.length === HASH_BYTES;
}

/** Shift by one without bit operators, which would cut the number to 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
