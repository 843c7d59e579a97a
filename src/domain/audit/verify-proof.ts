import { leafHash } from '../tlog/hashes.ts';
import type { TlogProof } from '../tlog/tlog-proof.ts';
import { verifyInclusion } from '../tlog/verify-proofs.ts';
import { parseVerifierKey } from '../tlog/verifier-key.ts';
import { AuditFault } from './errors.ts';
import { parseLeaf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import { readSignedCheckpoint } from './signed-checkpoint.ts';
import type { CheckpointFlaw } from './signed-checkpoint.ts';

/** What a proof of one entry comes to. `leaf` is the entry as read. */
export type ProofVerdict =
  | {
      readonly holds: true;
      readonly index: number;
      readonly size: number;
      readonly origin: string;
      readonly leaf: Leaf;
    }
  | {
      readonly holds: false;
      readonly kind: `checkpoint-${CheckpointFlaw}` | 'entry-not-included' | 'leaf-malformed';
    };

/**
 * Whether these bytes are the entry that a proof is about, and the log whose key this is has signed for them. Throws
 * `verifier-key-malformed`; everything else that is wrong is a value.
 */
export function verifyProof(proof: TlogProof, entry: Uint8Array, vkey: string): ProofVerdict {
  const checkpoint = readSignedCheckpoint(proof.checkpoint, parseVerifierKey(vkey));
  if (typeof checkpoint === 'string') return { holds: false, kind: `checkpoint-${checkpoint}` };
  const { origin, size, root } = checkpoint;
  const { index, hashes } = proof;
  const isIncluded = verifyInclusion({
    ...{ index, size, root, leafHash: leafHash(entry), proof: hashes },
  });
  if (!isIncluded) return { holds: false, kind: 'entry-not-included' };
  try {
    return { holds: true, index, size, origin, leaf: parseLeaf(entry) };
  } catch (error) {
    if (!(error instanceof AuditFault)) throw error;
    return { holds: false, kind: 'leaf-malformed' };
  }
}
