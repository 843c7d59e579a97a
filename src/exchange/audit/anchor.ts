import type { AnchorFile } from '../../domain/audit/anchor.ts';

/** Where signed checkpoints are kept outside the workspace, so that a restored copy of it gives itself away. */
export interface Anchor {
  /** Whether the workspace has an anchor at all. */
  readonly isConfigured: boolean;
  /**
   * The names of all anchored checkpoints of the log of this name, the largest size last; empty without an anchor or before
   * the first one.
   */
  names(origin: string): Promise<readonly string[]>;
  /** One of them. Throws `config-unreadable` where it cannot be read. */
  read(origin: string, name: string): Promise<AnchorFile>;
  /**
   * Adds a checkpoint of the log of this name; the same one again is fine, another under its name never. Throws
   * `file-exists` for a fork, `file-write-failed`.
   */
  put(origin: string, file: AnchorFile): Promise<void>;
  /** The last parts of the names of recovered logs that it knows of (`recoveryPart`). */
  recoveries(): Promise<readonly string[]>;
}
