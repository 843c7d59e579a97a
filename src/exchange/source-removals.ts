import type { SourceUse } from '../domain/handoff/source-use.ts';
import type { ActRecord } from './act-record.ts';

/** Which handoffs a source was read for, and which sources were removed. */
export interface SourceRemovals {
  usesOf(sha256: string): Promise<readonly SourceUse[]>;
  /** Records that a file of these bytes is gone. */
  add(sha256: string, at: Date, act: ActRecord): Promise<void>;
}
