/** Looks at a source, or with `expected` removes the one that was looked at. */
export interface PurgeJob {
  readonly path: string;
  readonly expected?: { readonly sha256: string; readonly changedMs: number };
  /** Whether its bytes are overwritten before its name goes. */
  readonly overwrite: boolean;
}

/** What the process that may read it says of a source. */
export interface ExaminedSource {
  readonly bytes: number;
  readonly sha256: string;
  /** When it was last changed, by the file system, in milliseconds. */
  readonly changedMs: number;
  /** Names of files beside it with the same bytes; at most 20. */
  readonly copies: readonly string[];
  /** Files of the same size beside it that could not be compared, or were too many. */
  readonly uncompared: number;
}

/**
 * Removes sources. Done by the process that sees card numbers, because removing one for sure means reading it: the digest
 * says whether it is the one that was handed off.
 */
export interface SourcePurger {
  /** Throws `source-missing`, `source-not-a-file`, `source-unreadable`, `source-linked`, `source-changed`. */
  purge(job: PurgeJob, signal?: AbortSignal): Promise<ExaminedSource>;
}
