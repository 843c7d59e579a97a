/** A file of a workspace. `path` is relative to its root. */
export interface WorkspaceFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A copy of the database as it was at one moment. */
export interface DatabaseSnapshot {
  readonly bytes: number;
  readonly sha256: string;
  /** Leaves of its log, and their root. */
  readonly size: number;
  readonly root: Uint8Array;
  /** The newest signed checkpoint in it. */
  readonly checkpoint: string | undefined;
  read(): AsyncIterable<Uint8Array>;
  /** Removes the copy. */
  dispose(): Promise<void>;
}

/** The workspace as a backup sees it. */
export interface BackupFiles {
  /** Consistent, also while other commands write. Throws `disk-full`, `file-write-failed`. */
  snapshot(): Promise<DatabaseSnapshot>;
  /**
   * Every other file below config, keys and data, in order of their paths. Hidden files are left out: they are half
   * written. Throws `backup-odd-file` for a link, a device or a name that cannot be restored elsewhere.
   */
  list(): Promise<readonly WorkspaceFile[]>;
  /** Names beside config, keys and data, which a backup leaves out. */
  leftOut(): Promise<readonly string[]>;
  /** Throws `backup-changed` for a file that went. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** Whether a path lies inside the workspace. */
  holds(path: string): Promise<boolean>;
}

/** Encryption of a backup under a passphrase, as a stream. */
export interface BackupCipher {
  /** The passphrase is not needed any more once the first bytes have come. */
  encrypt(passphrase: Uint8Array, clear: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /**
   * What comes is provisional until the stream ends. Throws `backup-not-one`, `backup-altered`, `passphrase-wrong`, each
   * with `file`.
   */
  decrypt(
    passphrase: Uint8Array,
    encrypted: AsyncIterable<Uint8Array>,
    file: string,
  ): AsyncIterable<Uint8Array>;
}
