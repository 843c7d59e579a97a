import { TlogFault } from '../tlog/errors.ts';
import { parseCheckpoint } from '../tlog/checkpoint.ts';
import type { Checkpoint } from '../tlog/checkpoint.ts';
import { openNote, parseNote } from '../tlog/signed-note.ts';
import type { VerifierKey } from '../tlog/verifier-key.ts';

/** Why a signed checkpoint was not believed. */
export type CheckpointFlaw = 'malformed' | 'bad-signature' | 'other-log';
/** The same, a signature that cannot be checked told from one that is wrong. */
export type KeptFlaw = CheckpointFlaw | 'unknown-key';

/** A checkpoint, and which of the keys it was read with signed it. */
export interface SignedBy extends Checkpoint {
  readonly signers: readonly VerifierKey[];
}

/**
 * Reads a signed checkpoint of a log that one of these keys signs for. Returns the flaw instead of throwing: to a
 * checker a checkpoint that does not hold is a finding.
 */
export function readSignedCheckpoint(
  note: Uint8Array,
  ...keys: readonly VerifierKey[]
): SignedBy | CheckpointFlaw {
  const checkpoint = readKeptCheckpoint(note, keys);
  return checkpoint === 'unknown-key' ? 'bad-signature' : checkpoint;
}

/** As `readSignedCheckpoint`, for whoever can say something of a checkpoint that none of these keys signed. */
export function readKeptCheckpoint(
  note: Uint8Array,
  keys: readonly VerifierKey[],
): SignedBy | KeptFlaw {
  try {
    const { text, signers } = openNote(note, keys);
    const checkpoint = parseCheckpoint(text);
    // Whoever signs for one log says nothing of another.
    const isOwn = signers.every((key) => key.name === checkpoint.origin);
    return isOwn ? { ...checkpoint, signers } : 'other-log';
  } catch (error) {
    if (!(error instanceof TlogFault)) throw error;
    if (error.code === 'note-signer-unknown') return 'unknown-key';
    return error.code === 'note-signature-bad' ? 'bad-signature' : 'malformed';
  }
}

/** What a signed checkpoint claims, whoever signed it; undefined where it is none. Not to be believed. */
export function claimedCheckpoint(note: Uint8Array): Checkpoint | undefined {
  try {
    return parseCheckpoint(parseNote(note).text);
  } catch (error) {
    if (!(error instanceof TlogFault)) throw error;
    return undefined;
  }
}
