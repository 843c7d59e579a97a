/**
 * Signs checkpoints of this workspace's log.
 *
 * Whether a checkpoint may be signed at all (it extends everything signed before, and the anchor is not ahead)
 * is for the caller to have checked: a signature is for ever.
 */
export interface LogSigner {
  /** The public half as a C2SP verifier key, `<origin>+<8 hex>+<base64>`: what a reviewer needs to check the log. */
  readonly vkey: string;
  /** Keys that signed for the log before, and still do while they are on their way out; absent where there are none. */
  readonly earlier?: readonly string[];
  /** Whether the log still has the keys that it had when this was opened; absent: it has one for good. */
  isInTime?(): Promise<boolean>;

  /**
   * Returns the whole signed note (C2SP signed-note) for a checkpoint body as `encodeCheckpoint` writes it.
   *
   * Repeating the call with the same body gives the same bytes (Ed25519 is deterministic), so a step that was
   * interrupted is simply done again. Throws `checkpoint-malformed`; `log-origin-differs` when the checkpoint
   * belongs to another log.
   */
  sign(checkpointBody: Uint8Array): Uint8Array;
}
