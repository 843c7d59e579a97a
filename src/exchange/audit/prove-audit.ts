import { AuditFault } from '../../domain/audit/errors.ts';
import { encodeTlogProof } from '../../domain/tlog/tlog-proof.ts';
import { inclusionProof, placesRead } from '../../domain/tlog/tree.ts';
import type { LogBook } from './log-book.ts';
import type { LogKeyFacts } from './log-keys.ts';
import { newestCheckpoint } from './newest-checkpoint.ts';

/** All that a third party needs but the verifier key, which they must have from elsewhere. */
export interface ProvenEntry {
  readonly index: number;
  /** Entries that the checkpoint in the proof speaks for. */
  readonly size: number;
  /** C2SP tlog-proof. */
  readonly proof: Uint8Array;
  /** The bytes of the entry as they were hashed. */
  readonly entry: Uint8Array;
}

/**
 * Proves that one entry stands in the log, against the newest signed checkpoint. Reads a few dozen rows, changes nothing
 * and needs no secret.
 *
 * Throws `entry-unproven` (facts `index`, `size`) for an entry that no checkpoint speaks for,
 * `log-altered` (the same facts) for one that is longer than any may be, `log-unsigned`, `checkpoint-unusable`,
 * `log-entry-missing`, `tree-node-missing`.
 */
export async function proveAudit(
  ports: { readonly log: LogBook; readonly facts: LogKeyFacts },
  index: number,
): Promise<ProvenEntry> {
  const { log, facts } = ports;
  const { note, checkpoint } = await newestCheckpoint(log, facts);
  const { size } = checkpoint;
  if (index >= size) throw new AuditFault('entry-unproven', { index, size });
  const nodes = await log.nodes(placesRead((readNode) => inclusionProof(index, size, readNode)));
  const hashes = inclusionProof(index, size, nodes);
  const proof = encodeTlogProof({ index, hashes, checkpoint: note });
  for await (const { bytes } of log.leaves(index, index + 1)) {
    // No entry is empty: this one is too long to be read.
    if (bytes.length === 0) throw new AuditFault('log-altered', { index, size });
    return { index, size, proof, entry: bytes };
  }
  throw new AuditFault('log-entry-missing', { index, size });
}
