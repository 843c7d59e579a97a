/** A folder that is being filled under a hidden name, and is not there for anybody before `publish`. */
export interface NewFolder {
  /** Where it lies until then. */
  readonly hidden: string;
  /** Makes a file in it, for its owner alone. Throws `disk-full`, `file-write-failed`. */
  write(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** Puts it in its place, durably. Throws `file-exists`, `file-write-failed`. */
  publish(): Promise<void>;
  /** Removes all of it; nothing to do after `publish`. */
  discard(): Promise<void>;
}

/** Makes whole folders, never over or into one that is there. */
export interface NewFolders {
  /** Throws `file-exists`, `file-write-failed`. */
  begin(path: string): Promise<NewFolder>;
}
