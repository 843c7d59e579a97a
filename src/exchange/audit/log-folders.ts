/** A directory with an exported log, as somebody handed it over. Nothing in it is trusted. */
export interface LogFolder {
  /** A regular file of at most `bytesMax` bytes; `undefined` for everything else. Throws `input-unreadable`. */
  read(path: string, bytesMax: number): Promise<Uint8Array | undefined>;
  /** Everything in it but directories, relative to it. Links are named, never followed. Throws `input-unreadable`. */
  paths(): AsyncIterable<string>;
}

/** Opens directories to read from. */
export interface LogFolders {
  open(directory: string): LogFolder;
}
