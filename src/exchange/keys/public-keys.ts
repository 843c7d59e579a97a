/** The public halves of our keys, as partners get them. */
export interface PublicKeys {
  /** Armored OpenPGP certificate; of the key in use where no number is given. */
  openpgp(number?: number): Promise<string>;
  /**
   * The line for `authorized_keys`, the fingerprint as OpenSSH prints it, and the algorithm as certificates tell theirs;
   * of the key in use where no number is given.
   */
  sftp(number?: number): Promise<{ line: string; fingerprint: string; algorithm: string }>;
}
