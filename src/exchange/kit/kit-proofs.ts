import { encodeTlogProof } from '../../domain/tlog/tlog-proof.ts';
import { inclusionProof, placesRead } from '../../domain/tlog/tree.ts';
import type { KitFile } from './incident-kit.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { SignedCheckpoint } from '../audit/sign-checkpoint.ts';

/**
 * For each of these entries a C2SP tlog-proof against one checkpoint, and its bytes as they were hashed: with the two,
 * and the key, one act can be shown to somebody who gets nothing else of the kit. All indices are below the checkpoint's
 * size. Throws `tree-node-missing`.
 */
export async function proofFiles(
  log: Pick<LogBook, 'nodes'>,
  { size, note }: SignedCheckpoint,
  entries: readonly { readonly index: number; readonly bytes: Uint8Array }[],
): Promise<readonly KitFile[]> {
  const checkpoint = new TextEncoder().encode(note);
  const files: KitFile[] = [];
  for (const { index, bytes } of entries) {
    const nodes = await log.nodes(placesRead((readNode) => inclusionProof(index, size, readNode)));
    const hashes = inclusionProof(index, size, nodes);
    files.push(
      { path: `proofs/${index}.tlog-proof`, bytes: encodeTlogProof({ index, hashes, checkpoint }) },
      { path: `proofs/${index}.entry`, bytes },
    );
  }
  return files;
}
