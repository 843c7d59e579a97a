/** The public halves of our keys, as partners get them. */
export interface PublicKeys {
  /** Armored OpenPGP certificate. */
  openpgp(): Promise<string>;
  /** The line for `authorized_keys`, the fingerprint as OpenSSH prints it, and the algorithm as certificates tell theirs. */
  sftp(): Promise<{ line: string; fingerprint: string; algorithm: string }>;
}
