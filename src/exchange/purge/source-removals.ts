import type { SourceUse } from '../../domain/handoff/source-use.ts';
import type { ActRecord } from '../acts/act-record.ts';

/** Which handoffs a source was read for, and which sources were removed. */
export interface SourceRemovals {
  usesOf(sha256: string): Promise<readonly SourceUse[]>;
  /** Whether an incident for which such a file was read is purged, or being purged: nothing told of it is kept. */
  isOfPurged(sha256: string): Promise<boolean>;
  /** Records that a file of these bytes is gone; `brought`: it was this one, out of a box. */
  add(sha256: string, at: Date, act: ActRecord, brought?: string): Promise<void>;
}
