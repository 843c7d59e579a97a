import type { AnchorFile } from '../../domain/audit/anchor.ts';

/** Where signed checkpoints are kept outside the workspace, so that a restored copy of it gives itself away. */
export interface Anchor {
  /** Whether the workspace has an anchor at all. */
  readonly isConfigured: boolean;
  /** Every anchored checkpoint, the largest size last; empty without an anchor or before the first one. */
  files(): Promise<readonly AnchorFile[]>;
  /**
   * Adds a checkpoint; the same one again is fine, another under its name never. Throws `file-exists` for a fork,
   * `file-write-failed`.
   */
  put(file: AnchorFile): Promise<void>;
}
