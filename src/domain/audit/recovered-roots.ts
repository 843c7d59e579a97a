import { TlogFault } from '../tlog/errors.ts';
import { emptyRoot, sameBytes } from '../tlog/hashes.ts';
import { consistencyProof, placesRead } from '../tlog/tree.ts';
import type { NodePlace, ReadNode } from '../tlog/tree.ts';
import { verifyConsistency } from '../tlog/verify-proofs.ts';
import { breach } from './log-verdict.ts';
import type { LogBreach } from './log-verdict.ts';
import type { LogRecovery } from './log-recovery.ts';

/** Nodes at any places, as a reader; those that are not there it does not know. */
export type ReadNodes = (places: readonly NodePlace[]) => Promise<ReadNode>;

/** The tree that was derived from the entries. */
interface DerivedTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Whether each recovery names the root that the entries have at the size from which others were lost. By a consistency
 * proof to the derived root, so that the nodes of which it is made need no trust.
 */
export async function breachOfRecoveries(
  recoveries: readonly LogRecovery[],
  tree: DerivedTree,
  readNodes: ReadNodes,
): Promise<LogBreach | undefined> {
  for (const { index, size, root } of recoveries) {
    const holds = size <= index && (await isRootOf({ size, root }, tree, readNodes));
    if (!holds) return breach('recovery-inconsistent', { index, size });
  }
  return undefined;
}

async function isRootOf(
  early: DerivedTree,
  tree: DerivedTree,
  readNodes: ReadNodes,
): Promise<boolean> {
  if (early.size === 0) return sameBytes(early.root, emptyRoot());
  const prove = (readNode: ReadNode): Uint8Array[] =>
    consistencyProof(early.size, tree.size, readNode);
  const nodes = await readNodes(placesRead(prove));
  let proof: Uint8Array[];
  try {
    proof = prove(nodes);
  } catch (error) {
    // They were there when the entries were read.
    if (error instanceof TlogFault) return false;
    throw error;
  }
  const [fromRoot, toRoot] = [early.root, tree.root];
  return verifyConsistency({ from: early.size, to: tree.size, fromRoot, toRoot, proof });
}
