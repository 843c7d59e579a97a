/** A file that is being written under a hidden name, and is not there for anybody before `publish`. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Puts it in its place, durably. Throws `file-exists`, `file-write-failed`, `disk-full`. */
  publish(): Promise<void>;
  /** Removes what was written; nothing to do after `publish`. */
  discard(): Promise<void>;
}

/** Makes files for people to take away: for their owner alone, never over another file. */
export interface NewFiles {
  /** Throws `file-exists` at once where the name is taken, `file-write-failed`, `disk-full`. */
  begin(path: string): Promise<NewFile>;
}
