/** Files that a person names on the command line: certificates, signatures, tables, checkpoints. Never sources. */
export interface InputFiles {
  /** At most `bytesMax` bytes. Throws `input-missing`, `input-unreadable`, `input-too-large`, with the path's last part. */
  read(path: string, bytesMax: number): Promise<Uint8Array>;
  /** A file that holds a private key: refused when others than its owner can read it. Throws `secret-*`. */
  readSecret(path: string): Promise<Uint8Array>;
  /** Writes a file that must not exist yet. Throws `file-exists`, `file-write-failed`. */
  write(path: string, bytes: Uint8Array): Promise<void>;
}
