import { parseLeaf } from '../../domain/audit/leaf.ts';
import { recoveryOf } from '../../domain/audit/log-recovery.ts';
import type { LogRecovery } from '../../domain/audit/log-recovery.ts';
import { keyChangeName, lastBefore } from './key-change-files.ts';
import type { LogBook } from './log-book.ts';
import type { LogKeyFacts } from './log-keys.ts';

/** A recovery of the log, and where a reviewer finds what the log was before. */
export interface ToldRecovery {
  readonly recovery: LogRecovery;
  /** The line of `log.vkey` that has the key before it, from 1; the next line has the one that followed. */
  readonly line: number;
  /** Beside the tiles: the last checkpoint before it; undefined where none was signed. */
  readonly checkpoint: { readonly name: string; readonly size: number } | undefined;
}

/**
 * The recoveries among the first `size` entries, in their order, as `keyPapers` lays out their keys and checkpoints. Reads
 * the entries of these alone. Why a log was recovered is no part of it. Throws nothing of its own.
 */
export async function toldRecoveries(
  log: Pick<LogBook, 'leaves' | 'newestCheckpoints'>,
  { earlierKeys = [] }: LogKeyFacts,
  size: number,
): Promise<readonly ToldRecovery[]> {
  const told: ToldRecovery[] = [];
  for (const [at, { followedAt }] of earlierKeys.entries()) {
    if (followedAt >= size) continue;
    for await (const { index, bytes } of log.leaves(followedAt, followedAt + 1)) {
      const recovery = recoveryOf(parseLeaf(bytes), index);
      if (recovery === undefined) continue;
      const last = await lastBefore(log, index);
      const checkpoint = last && { name: keyChangeName(last.size), size: last.size };
      told.push({ recovery, line: at + 1, checkpoint });
    }
  }
  return told;
}
