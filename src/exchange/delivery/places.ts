/** A kind of file system. `writes`: where it puts bytes that replace others. */
export interface FileSystem {
  readonly name: string;
  readonly writes: 'in-place' | 'copy-on-write' | 'memory' | 'elsewhere';
}

/** What can be told from this machine about where something lies. What is missing was looked for and not found. */
export interface Place {
  /** A part of its path that a synchronising program is known by, such as `Dropbox`. */
  readonly syncedBy?: string;
  /** Kind of a file system that lies on another machine, such as `nfs`; `fuse` may be one. */
  readonly network?: string;
  /** Whether its permission bits, and those of every directory above, let every user of this machine read it. */
  readonly isOpenToAll: boolean;
  /** `not-seen`: no encryption that this machine's kernel does; below it there may be one. */
  readonly encryption: 'encrypted' | 'not-seen' | 'unknown';
  readonly freeBytes: number;
  /** What it lies on; missing for a kind that is not known. */
  readonly fileSystem?: FileSystem;
}

/** Looks at places by their names and attributes; never at what files hold. */
export interface Places {
  /** Undefined when nothing is there, or we may not look. */
  examine(path: string): Promise<Place | undefined>;
}
