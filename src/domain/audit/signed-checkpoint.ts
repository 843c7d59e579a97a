import { TlogFault } from '../tlog/errors.ts';
import { parseCheckpoint } from '../tlog/checkpoint.ts';
import type { Checkpoint } from '../tlog/checkpoint.ts';
import { verifyNote } from '../tlog/signed-note.ts';
import type { VerifierKey } from '../tlog/verifier-key.ts';

/** Why a signed checkpoint was not believed. */
export type CheckpointFlaw = 'malformed' | 'bad-signature' | 'other-log';

/**
 * Reads a signed checkpoint of the log that these keys sign for, one after another. Returns the flaw instead of throwing: to a checker a
 * checkpoint that does not hold is a finding.
 */
export function readSignedCheckpoint(
  note: Uint8Array,
  ...keys: readonly VerifierKey[]
): Checkpoint | CheckpointFlaw {
  let checkpoint: Checkpoint;
  try {
    checkpoint = parseCheckpoint(verifyNote(note, keys));
  } catch (error) {
    if (!(error instanceof TlogFault)) throw error;
    const isSignature = error.code === 'note-signature-bad' || error.code === 'note-signer-unknown';
    return isSignature ? 'bad-signature' : 'malformed';
  }
  return keys.every((key) => key.name === checkpoint.origin) ? checkpoint : 'other-log';
}
