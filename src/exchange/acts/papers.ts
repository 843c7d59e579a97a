/** A statement as it lies on the disk. */
export interface Paper<S> {
  readonly digest: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly statement: S;
}

/** Statements of one kind and the signatures under them: files of the workspace, which gpg checks alone. */
export interface Papers<S> {
  /** Puts a file beside the others of the statement of this digest. Returns its path. */
  put(digest: string, name: string, bytes: Uint8Array): Promise<string>;
  /** Undefined when there is no such file. */
  read(digest: string, name: string): Promise<Uint8Array | undefined>;
  /** Every statement that lies there whole; whatever else does is none. */
  waiting(): Promise<readonly Paper<S>[]>;
}

/** Beside the statement, of each officer who signed it. */
export function signatureName(officer: string): string {
  return `${officer}.sig`;
}
