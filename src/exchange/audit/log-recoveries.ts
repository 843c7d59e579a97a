import type { ActRecord } from '../acts/act-record.ts';
import type { NextOwnKey, OwnKey } from '../keys/own-keys.ts';

/** A batch that may have left in the entries that are lost. */
export interface DoubtedBatch {
  readonly id: string;
  readonly handoff: string;
  readonly recipient: string;
}

/** What enters the log by a recovery. */
export interface RecoveryActs {
  /** Of the recovery itself, which holds back so many batches. */
  recovery(doubted: number): ActRecord;
  /** Of each batch that is held back. */
  doubt(batch: DoubtedBatch): ActRecord;
}

/** Recoveries of the log as rows. */
export interface LogRecoveries {
  /**
   * Ends every key of the log and puts `next` in use; holds back each batch that this store believes not yet gone, and
   * forgets that the workspace was restored. With all leaves, in one transaction. Throws `recovery-statement` where
   * `before` does not sign any more.
   */
  recover(
    before: Pick<OwnKey, 'number' | 'fingerprint'>,
    next: NextOwnKey,
    acts: RecoveryActs,
  ): Promise<readonly DoubtedBatch[]>;
}
