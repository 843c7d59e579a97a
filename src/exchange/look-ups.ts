import type { ActRecord } from './act-record.ts';

/** Questions that were answered. Only ever added to; what was asked for is not kept. */
export interface LookUps {
  /** When an officer asked since a moment, in milliseconds since 1970, oldest first. */
  askedSince(officer: string, since: Date): Promise<readonly number[]>;
  /**
   * Keeps that a question was answered, together with its leaf. Counts once more what the officer asked since `since`:
   * several may ask at the same time. Throws `lookup-too-many`, and
   * `incident-purged` where an incident that was looked through was purged meanwhile.
   */
  add(officer: string, at: Date, since: Date, act: ActRecord): Promise<void>;
}
