import { rootAt } from '../tlog/tree.ts';
import type { ReadNode } from '../tlog/tree.ts';
import type { Checkpoint } from '../tlog/checkpoint.ts';
import { sameBytes } from '../tlog/hashes.ts';
import type { VerifierKey } from '../tlog/verifier-key.ts';
import { AuditFault } from './errors.ts';
import { recoveryPart } from './log-recovery.ts';
import { readSignedCheckpoint } from './signed-checkpoint.ts';

/** A file of the anchor directory. */
export interface AnchorFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const NAME = /^([0-9]{12})\.checkpoint$/;
const SIZE_MAX = 999_999_999_999;

/**
 * The file under which a signed checkpoint is anchored: its bytes as they are, named by the tree size
 * (docs/formats/anchor.md). Files are created, never overwritten: the same checkpoint always gives the same bytes, so
 * a file that is there with other bytes proves a fork.
 *
 * Throws `anchor-malformed` (fact `reason`: malformed, bad-signature, size) and `anchor-other-log`: what we could not
 * check ourselves is not put where others rely on it.
 */
export function encodeAnchor(note: Uint8Array, ...keys: readonly VerifierKey[]): AnchorFile {
  const { size } = readOrThrow(note, keys);
  if (size > SIZE_MAX) throw new AuditFault('anchor-malformed', { reason: 'size' });
  return { name: `${String(size).padStart(12, '0')}.checkpoint`, bytes: note };
}

/** Whether a directory entry is named like an anchor. Others are left alone: the directory may hold a README. */
export function isAnchorName(name: string): boolean {
  return NAME.test(name);
}

/** The tree size that an anchor file is named by. */
export function anchoredSize(name: string): number {
  return Number(NAME.exec(name)?.[1]);
}

/**
 * Reads one anchor file. The name is part of the evidence: a checkpoint renamed to another size is refused.
 * Throws `anchor-malformed` (fact `reason`: name, malformed, bad-signature, size), `anchor-other-log`.
 */
export function parseAnchor(file: AnchorFile, ...keys: readonly VerifierKey[]): Checkpoint {
  const match = NAME.exec(file.name);
  if (match === null) throw new AuditFault('anchor-malformed', { reason: 'name' });
  const checkpoint = readOrThrow(file.bytes, keys);
  if (checkpoint.size !== Number(match[1])) {
    throw new AuditFault('anchor-malformed', { reason: 'size', size: checkpoint.size });
  }
  return checkpoint;
}

/**
 * Checks before every signature that the log still extends what was anchored; give it the anchor of the largest size.
 *
 * Throws `anchor-ahead` when the log is shorter, so this is an old copy (a restored backup: to go on would fork the
 * log), and `anchor-forked` when its leaves up to the anchored size are others. Both name the sizes.
 */
export function assertExtendsAnchor(anchor: Checkpoint, size: number, readNode: ReadNode): void {
  if (anchor.size > size) {
    throw new AuditFault('anchor-ahead', { anchored: anchor.size, size });
  }
  if (!sameBytes(rootAt(anchor.size, readNode), anchor.root)) {
    throw new AuditFault('anchor-forked', { anchored: anchor.size, size });
  }
}

/**
 * Checks that the anchor still holds the checkpoint that was last put there. One that does not is not mounted, was
 * emptied, or is another directory than before: a fork would go unseen.
 *
 * Throws `anchor-missing` (facts `anchored`, `recorded`: sizes). Before the first checkpoint there is nothing to miss.
 */
export function assertAnchorHolds(newest: Checkpoint | undefined, recorded: number): void {
  const anchored = newest?.size ?? 0;
  if (anchored < recorded) throw new AuditFault('anchor-missing', { anchored, recorded });
}

/**
 * Checks that no copy of this log was recovered that this one does not know of: two logs that go on side by side would
 * each send. `parts` are those in the anchor, `names` those that this log had. Throws `anchor-recovered`.
 */
export function assertRecoveriesKnown(parts: readonly string[], names: readonly string[]): void {
  const known = names.map(recoveryPart);
  const recovered = parts.find((part) => !known.includes(part));
  if (recovered !== undefined) throw new AuditFault('anchor-recovered', { recovered });
}

function readOrThrow(note: Uint8Array, keys: readonly VerifierKey[]): Checkpoint {
  const checkpoint = readSignedCheckpoint(note, ...keys);
  if (checkpoint === 'other-log')
    throw new AuditFault('anchor-other-log', { origin: keys[0]!.name });
  if (typeof checkpoint === 'string')
    throw new AuditFault('anchor-malformed', { reason: checkpoint });
  const { origin, size, root } = checkpoint;
  return { origin, size, root };
}
