import type { ActRecord } from '../acts/act-record.ts';

/** Who asks: the officer, and where from, as leaves name them. */
export type Asker = Readonly<Record<'actor' | 'origin', string>>;

/** Questions that were answered. Only ever added to; what was asked for is not kept. */
export interface LookUps {
  /**
   * When this officer asked since a moment, or anybody from the same account: a name alone proves nobody. In milliseconds
   * since 1970, oldest first.
   */
  askedSince(asker: Asker, since: Date): Promise<readonly number[]>;
  /**
   * Keeps that a question was answered, together with its leaf. Counts once more what was asked since `since`:
   * several may ask at the same time. Throws `lookup-too-many`, and `incident-purged` where one of `incidents`, those
   * that were looked through, was purged meanwhile.
   */
  add(at: Date, since: Date, incidents: readonly string[], act: ActRecord): Promise<void>;
}
