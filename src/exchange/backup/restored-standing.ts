import { assertExtendsAnchor } from '../../domain/audit/anchor.ts';
import { readSignedCheckpoint } from '../../domain/audit/signed-checkpoint.ts';
import { BackupFault } from '../../domain/backup/errors.ts';
import type { RestoredMark } from '../../domain/backup/restored-mark.ts';
import { isFault } from '../../domain/fault.ts';
import type { Fault } from '../../domain/fault.ts';
import type { Anchor } from '../audit/anchor.ts';
import { compareAnchor } from '../audit/compare-anchor.ts';
import type { LogBook } from '../audit/log-book.ts';
import { ownNameKeysOf, verifierKeysOf } from '../audit/log-keys.ts';
import type { LogKeyFacts } from '../audit/log-keys.ts';
import { nodesForRoots } from '../audit/nodes-for-roots.ts';

/** Whether a restored workspace may go on, and what says so; or why it may not. */
export type RestoredStanding =
  | { readonly mayGoOn: true; readonly comparedWith: 'anchor' | 'checkpoint' | 'nothing' }
  | { readonly mayGoOn: false; readonly fault: BackupFault };

/** A workspace that came out of a backup, and how it stands. */
export interface Restored {
  readonly mark: RestoredMark;
  readonly standing: RestoredStanding;
}

interface Ports {
  readonly log: LogBook;
  readonly anchor: Anchor;
  readonly facts: LogKeyFacts;
}

/**
 * Holds a restored workspace against everything outside it that remembers: the anchor, and the checkpoints that were given
 * when it was restored. It may go on when none of them knows of acts that it does not have, and at least one was there to
 * ask. Only a drill that never had an anchor may go on unasked.
 *
 * To be asked again whenever it is opened: the anchor may be mounted by then, or another copy may have gone on.
 */
export async function restoredStanding(
  ports: Ports,
  mark: Pick<RestoredMark, 'hadAnchor' | 'size' | 'against'>,
): Promise<RestoredStanding> {
  try {
    return { mayGoOn: true, comparedWith: await compare(ports, mark) };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { mayGoOn: false, fault: heldBy(error) };
  }
}

async function compare(
  ports: Ports,
  { hadAnchor, size, against }: Pick<RestoredMark, 'hadAnchor' | 'size' | 'against'>,
): Promise<'anchor' | 'checkpoint' | 'nothing'> {
  // One from before the backup agrees with every later copy, whatever was done after.
  const isVouchedFor = (await newestOf(ports, against)) >= size;
  let anchor: 'agrees' | 'absent' | 'empty';
  try {
    ({ anchor } = await compareAnchor(ports, verifierKeysOf(ports.facts)));
  } catch (error) {
    // Nothing leaves without it; `audit anchor` begins another one.
    if (isVouchedFor && isFault(error) && error.code === 'anchor-missing') return 'checkpoint';
    throw error;
  }
  if (anchor === 'agrees') return 'anchor';
  if (isVouchedFor) return 'checkpoint';
  if (hadAnchor || against.length > 0) {
    const reason = against.length > 0 ? 'checkpoint-older' : 'anchor-missing';
    throw new BackupFault('restored-unchecked', { reason });
  }
  return 'nothing';
}

/** The size of the newest checkpoint given, of which the log has all; -1 without one. */
async function newestOf({ log, facts }: Ports, against: readonly string[]): Promise<number> {
  if (against.length === 0) return -1;
  let newest = -1;
  const keys = ownNameKeysOf(facts);
  const size = await log.size();
  for (const note of against) {
    const checkpoint = readSignedCheckpoint(new TextEncoder().encode(note), ...keys);
    if (typeof checkpoint === 'string') {
      throw new BackupFault('restored-unchecked', { reason: `checkpoint-${checkpoint}` });
    }
    const sizes = checkpoint.size > size ? [] : [checkpoint.size];
    assertExtendsAnchor(checkpoint, size, await nodesForRoots(log, sizes));
    newest = Math.max(newest, checkpoint.size);
  }
  return newest;
}

function heldBy(error: Fault): BackupFault {
  if (error instanceof BackupFault) return error;
  const { anchored = 0, size = 0 } = error.facts;
  if (error.code === 'anchor-ahead') {
    return new BackupFault('restored-behind', { anchored, size }, error);
  }
  if (error.code === 'anchor-forked') {
    return new BackupFault('restored-forked', { anchored, size }, error);
  }
  if (error.code === 'anchor-recovered') return new BackupFault('restored-forked', {}, error);
  return new BackupFault('restored-unchecked', { reason: error.code }, error);
}
