/** An officer's private key as it was handed in for one command; never stored. */
export interface OfficerKey {
  /** Binary or armored. */
  readonly bytes: Uint8Array;
  /** UTF-8; `undefined` for a key without one. */
  readonly passphrase: Uint8Array | undefined;
}

/** Who signed, and when they say they did. */
interface VerifiedSignature {
  /** Full fingerprint of the certificate (not of the subkey), 40 upper-case hex digits. */
  readonly fingerprint: string;
  readonly signedAt: Date;
}

/** Detached OpenPGP signatures over statements such as `approval.json`, the kind `gpg --verify` checks by itself. */
export interface Signatures {
  /** Whether a private key has a passphrase. Rejects with `signature-key-unusable` for what is none. */
  isProtected(key: Uint8Array): Promise<boolean>;
  /**
   * Signs a statement. Returns one binary signature packet.
   * Rejects with `signature-key-unusable` or `passphrase-wrong`.
   */
  signDetached(statement: Uint8Array, key: OfficerKey): Promise<Uint8Array>;
  /**
   * Checks a detached signature, binary or armored, over exactly these bytes, against one pinned certificate (any of
   * its signing keys). Rejects with `signature-malformed` (not one signature), `signature-not-theirs` (another key)
   * or `signature-wrong` (other bytes, expired or revoked key, weak hash).
   */
  verifyDetached(
    statement: Uint8Array,
    signature: Uint8Array,
    certificate: Uint8Array,
  ): Promise<VerifiedSignature>;
}
