import type { StoredCheckpoint } from '../../domain/audit/verify-log.ts';
import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
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
  log: Pick<LogBook, 'checkpoints'>,
  facts: LogKeyFacts,
  size: number,
): Promise<readonly LogPaper[]> {
  const changes = (facts.earlierKeys ?? []).filter(({ followedAt }) => followedAt < size);
  const vkeys = vkeysOf(facts).slice(0, changes.length + 1);
  const keys = new TextEncoder().encode(vkeys.map((vkey) => `${vkey}\n`).join(''));
  const signed = changes.length === 0 ? [] : await log.checkpoints();
  const found = changes.flatMap(({ followedAt }, at): readonly (StoredCheckpoint | undefined)[] => {
    const first = signed.find((one) => one.size > followedAt && one.size <= size);
    const isRecovery = nameOf(vkeys[at]!) !== nameOf(vkeys[at + 1]!);
    return [...(isRecovery ? [lastBefore(signed, followedAt)] : []), first];
  });
  const notes = [...new Set(found)].flatMap((one) =>
    one === undefined ? [] : [{ name: keyChangeName(one.size), bytes: one.note }],
  );
  return [{ name: 'log.vkey', bytes: keys }, ...notes];
}

function nameOf(vkey: string): string {
  return parseVerifierKey(vkey).name;
}

/** The last of these checkpoints that speaks for no more entries than stand before this one. */
export function lastBefore(
  signed: readonly StoredCheckpoint[],
  index: number,
): StoredCheckpoint | undefined {
  return signed.findLast(({ size }) => size <= index);
}

export function keyChangeName(size: number): string {
  return `key-changes/${size}.checkpoint`;
}

/** The size that a file of a change of keys is named by; undefined for other files. */
export function keyChangeSize(path: string): number | undefined {
  const match = NAME.exec(path);
  return match === null ? undefined : Number(match[1]);
}
