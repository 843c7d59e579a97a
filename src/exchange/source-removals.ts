import type { SourceUse } from '../domain/handoff/source-use.ts';
import type { ActRecord } from './act-record.ts';

/** Which handoffs a source was read for, and which sources were removed. */
export interface SourceRemovals {
  usesOf(sha256: string): Promise<readonly SourceUse[]>;
  /**
   * `remove` removes the file: it runs once leaf and row are written and before they commit, so that none stays without
   * the other.
   */
  add(sha256: string, at: Date, act: ActRecord, remove: () => Promise<unknown>): Promise<void>;
}
