import type { StoredCheckpoint } from '../../domain/audit/signed-roots.ts';
import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
import { firstOf } from './first-of.ts';
import type { LogBook } from './log-book.ts';
import { vkeysOf } from './log-keys.ts';
import type { LogKeyFacts } from './log-keys.ts';

/** A file beside the tiles of an exported log. */
export interface LogPaper {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const NAME = /^key-changes\/(0|[1-9][0-9]{0,15})\.checkpoint$/;

/**
 * What the first `size` entries of an exported log need to be believed: `log.vkey`, a line for each key that it had, the
 * oldest first, and of each change of keys the first checkpoint that both signed, `key-changes/SIZE.checkpoint`: who holds
 * an old key follows by it to the next one. Of a recovery, over which no signature leads, the last one before it as well.
 */
export async function keyPapers(
  log: Pick<LogBook, 'checkpoints' | 'newestCheckpoints'>,
  facts: LogKeyFacts,
  size: number,
): Promise<readonly LogPaper[]> {
  const changes = (facts.earlierKeys ?? []).filter(({ followedAt }) => followedAt < size);
  const vkeys = vkeysOf(facts).slice(0, changes.length + 1);
  const keys = new TextEncoder().encode(vkeys.map((vkey) => `${vkey}\n`).join(''));
  const found = new Map<number, StoredCheckpoint>();
  for (const [at, { followedAt }] of changes.entries()) {
    const isRecovery = nameOf(vkeys[at]!) !== nameOf(vkeys[at + 1]!);
    const last = isRecovery ? await lastBefore(log, followedAt) : undefined;
    const first = await firstOf(await log.checkpoints(followedAt + 1));
    if (last !== undefined) found.set(last.size, last);
    if (first !== undefined && first.size <= size) found.set(first.size, first);
  }
  const notes = [...found.values()].map((one) => ({
    ...{ name: keyChangeName(one.size), bytes: one.note },
  }));
  return [{ name: 'log.vkey', bytes: keys }, ...notes];
}

function nameOf(vkey: string): string {
  return parseVerifierKey(vkey).name;
}

/** The last checkpoint that speaks for no more entries than stand before this one. */
export function lastBefore(
  log: Pick<LogBook, 'newestCheckpoints'>,
  index: number,
): Promise<StoredCheckpoint | undefined> {
  return firstOf(log.newestCheckpoints(index));
}

export function keyChangeName(size: number): string {
  return `key-changes/${size}.checkpoint`;
}

/** The size that a file of a change of keys is named by; undefined for other files. */
export function keyChangeSize(path: string): number | undefined {
  const match = NAME.exec(path);
  return match === null ? undefined : Number(match[1]);
}
