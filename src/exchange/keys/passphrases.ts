/** Which passphrase is wanted. The two never come from one place: an officer's key is not the workspace's. */
export type PassphraseOf = 'workspace' | 'officer';

/**
 * Where passphrases come from: a file only its owner can read, a systemd credential, or a person at a terminal.
 * Never the command line or the environment, where every process of the machine could read them.
 */
export interface PassphraseSource {
  /**
   * Reads one passphrase: bytes as typed or stored, without the final line end, at least 12 characters
   * (PCI DSS v4.0.1 req. 8.3.6) and at most 1,024 bytes. The caller zeroes them after use.
   *
   * `repeat` asks a person twice, for a passphrase that is being chosen; files and credentials ignore it.
   * Throws `passphrase-missing` when there is nowhere to read it from, `passphrase-too-short`,
   * `passphrase-malformed`, `passphrase-not-repeated`, `passphrase-interrupted`, `secret-readable-by-others`,
   * `secret-not-ours`, `secret-missing`, `secret-unreadable`.
   */
  read(of: PassphraseOf, options?: { readonly repeat?: boolean }): Promise<Uint8Array>;
}
