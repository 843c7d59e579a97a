/** The public halves of our keys, as partners get them. */
export interface PublicKeys {
  /** Armored OpenPGP certificate. */
  openpgp(): Promise<string>;
  /** The line for `authorized_keys`, and the fingerprint as OpenSSH prints it. */
  sftp(): Promise<{ line: string; fingerprint: string }>;
}
