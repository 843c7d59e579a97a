import { AuditFault } from '../../domain/audit/errors.ts';
import { readSignedCheckpoint } from '../../domain/audit/signed-checkpoint.ts';
import type { Checkpoint } from '../../domain/tlog/checkpoint.ts';
import { firstOf } from './first-of.ts';
import type { LogBook } from './log-book.ts';
import { verifierKeysOf } from './log-keys.ts';
import type { LogKeyFacts } from './log-keys.ts';

/**
 * The newest checkpoint that this log signed, read anew from its note. Throws `log-unsigned` (fact `entries`) before the
 * first one, `checkpoint-unusable` (facts `reason`, `size`).
 */
export async function newestCheckpoint(
  log: Pick<LogBook, 'newestCheckpoints' | 'size'>,
  facts: LogKeyFacts,
): Promise<{ readonly note: Uint8Array; readonly checkpoint: Checkpoint }> {
  const newest = await firstOf(log.newestCheckpoints());
  if (newest === undefined) throw new AuditFault('log-unsigned', { entries: await log.size() });
  const checkpoint = readSignedCheckpoint(newest.note, ...verifierKeysOf(facts));
  if (typeof checkpoint === 'string') {
    throw new AuditFault('checkpoint-unusable', { reason: checkpoint, size: newest.size });
  }
  return { note: newest.note, checkpoint };
}
