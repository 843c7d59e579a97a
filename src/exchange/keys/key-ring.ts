/**
 * The workspace's key-encryption key, opened for one command.
 *
 * It wraps the few secrets that lie at rest (keyed-hash keys, log key, SFTP and pickup host keys), so that the
 * passphrase or credential that opens it stands between a copied disk and every one of them
 * (PCI DSS v4.0.1 req. 3.6.1.2). Commands that only read never need one.
 */
export interface KeyRing {
  /**
   * Encrypts a secret for storage.
   *
   * `purpose` names what the secret is for, 1–400 characters of `A-Z a-z 0-9 . _ : / + = -`
   * (`keyed-hash/shop-a-2020`); a wrapped secret opens under the same purpose in the same workspace only.
   * `secret` is 1–65,536 bytes and stays the caller's to zero. Wrapping twice gives different bytes.
   * Throws `key-ring-closed` after `destroy`, `key-purpose-refused`, `secret-size-refused`.
   */
  wrap(purpose: string, secret: Uint8Array): Uint8Array;

  /**
   * Gives back what `wrap` was given; the caller zeroes the result after use.
   *
   * Throws `wrapped-key-altered` when the bytes, the purpose or the workspace are not those of the wrapping
   * (which of them cannot be told apart), `key-ring-closed` after `destroy`, `key-purpose-refused`.
   */
  unwrap(purpose: string, wrapped: Uint8Array): Uint8Array;

  /** Zeroes the key. May be called twice. Node offers no promise that no copy is left elsewhere in memory. */
  destroy(): void;
}
