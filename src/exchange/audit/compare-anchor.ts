import {
  assertAnchorHolds,
  assertExtendsAnchor,
  assertRecoveriesKnown,
  parseAnchor,
} from '../../domain/audit/anchor.ts';
import { isFault } from '../../domain/fault.ts';
import type { Fault } from '../../domain/fault.ts';
import type { Checkpoint } from '../../domain/tlog/checkpoint.ts';
import { claimedCheckpoint } from '../../domain/audit/signed-checkpoint.ts';
import type { StoredCheckpoint } from '../../domain/audit/signed-roots.ts';
import type { ReadNode } from '../../domain/tlog/tree.ts';
import type { VerifierKey } from '../../domain/tlog/verifier-key.ts';
import type { Anchor } from './anchor.ts';
import type { LogBook } from './log-book.ts';
import { nodesForRoots } from './nodes-for-roots.ts';

/** A log that its anchor does not contradict. */
export interface ComparedLog {
  /** `absent`: none is configured; `empty`: nothing was signed yet. */
  readonly anchor: 'agrees' | 'absent' | 'empty';
  readonly size: number;
  readonly nodes: ReadNode;
}

/**
 * Holds the log against its anchor, and against its own newest checkpoint. `keys` are all that the log had, the one that
 * signs now first; what keys of another name signed is from before a recovery and settled by it. Throws `anchor-ahead`,
 * `anchor-forked`, `anchor-missing`, `anchor-recovered`, and what `parseAnchor` and `Anchor.files` throw.
 */
export async function compareAnchor(
  { log, anchor }: { readonly log: LogBook; readonly anchor: Anchor },
  keys: readonly VerifierKey[],
): Promise<ComparedLog> {
  // In this order, because another command may be signing: what is recorded is anchored, what is anchored is logged.
  const origin = keys[0]!.name;
  const recorded = await newestRecorded(log, origin);
  const own = keys.filter(({ name }) => name === origin);
  const { anchored, unread } = await newestAnchored(anchor, origin, own);
  assertRecoveriesKnown(
    await anchor.recoveries(),
    keys.map(({ name }) => name),
  );
  const size = await log.size();
  const nodes = await nodesForRoots(log, sizesBelow(size, [anchored?.size, recorded?.size]));
  if (anchored !== undefined) assertExtendsAnchor(anchored, size, nodes);
  if (unread !== undefined) throw unread;
  // Without an anchor the store's own last checkpoint is all there is to hold a rewritten log against.
  if (recorded !== undefined) {
    assertExtendsAnchor({ origin, size: recorded.size, root: recorded.root }, size, nodes);
  }
  if (!anchor.isConfigured) return { anchor: 'absent', size, nodes };
  assertAnchorHolds(anchored, recorded?.size ?? 0);
  return { anchor: anchored === undefined ? 'empty' : 'agrees', size, nodes };
}

/** The newest checkpoint of the store that names this log; those from before a recovery name another. */
export async function newestRecorded(
  log: LogBook,
  origin: string,
): Promise<StoredCheckpoint | undefined> {
  for await (const stored of log.newestCheckpoints()) {
    if (claimedCheckpoint(stored.note)?.origin === origin) return stored;
  }
  return undefined;
}

/**
 * The newest checkpoint of the anchor that one of these keys signed, and what is wrong with the newest file where that is
 * another: an older copy of a log does not have the keys that followed, but what both signed says that it is older.
 */
async function newestAnchored(
  anchor: Anchor,
  origin: string,
  keys: readonly VerifierKey[],
): Promise<{ readonly anchored?: Checkpoint; readonly unread?: Fault | undefined }> {
  let unread: Fault | undefined;
  for (const name of (await anchor.names(origin)).toReversed()) {
    try {
      return { anchored: parseAnchor(await anchor.read(origin, name), ...keys), unread };
    } catch (error) {
      if (!isFault(error) || error.facts['reason'] !== 'bad-signature') throw unread ?? error;
      unread ??= error;
    }
  }
  return { unread };
}

/** A size beyond the log has no root in it, and is found before one is asked for. */
function sizesBelow(size: number, sizes: readonly (number | undefined)[]): number[] {
  return [size, ...sizes.filter((one) => one !== undefined && one <= size)] as number[];
}
