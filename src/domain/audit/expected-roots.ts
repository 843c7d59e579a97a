import type { Frontier } from '../tlog/frontier.ts';
import { sameBytes } from '../tlog/hashes.ts';
import type { VerifierKey } from '../tlog/verifier-key.ts';
import { breach } from './log-verdict.ts';
import type { LogBreach } from './log-verdict.ts';
import type { LogRecovery } from './log-recovery.ts';
import { readSignedCheckpoint } from './signed-checkpoint.ts';
import type { SignedBy } from './signed-checkpoint.ts';

/**
 * A root that the log must have at some size. `store`: it signed that itself; `kept`: somebody kept the checkpoint
 * outside; `former`: it lies in the anchor, from before a recovery, and may speak for what is lost.
 */
export interface ExpectedRoot {
  readonly checkpoint: SignedBy;
  readonly from: 'store' | 'kept' | 'former';
}

/** Everything that was signed of a log, as `LogToVerify` has it. */
interface SignedRoots {
  readonly checkpoints: Iterable<{
    readonly size: number;
    readonly root: Uint8Array;
    readonly note: Uint8Array;
  }>;
  readonly anchors?: Iterable<Uint8Array>;
  readonly formerAnchors?: Iterable<Uint8Array>;
}

/** What was signed of a log, by size; or the first checkpoint that cannot be believed. */
export function expectedRoots(
  log: SignedRoots,
  keys: readonly VerifierKey[],
): ReadonlyMap<number, readonly ExpectedRoot[]> | LogBreach {
  const all: ExpectedRoot[] = [];
  for (const { size, root, note } of log.checkpoints) {
    const checkpoint = readSignedCheckpoint(note, ...keys);
    if (typeof checkpoint === 'string') return breach(`checkpoint-${checkpoint}`, { size });
    if (checkpoint.size !== size || !sameBytes(checkpoint.root, root)) {
      return breach('checkpoint-altered', { size });
    }
    all.push({ checkpoint, from: 'store' });
  }
  const outside = [
    ...[...(log.anchors ?? [])].map((note) => ({ note, from: 'kept' }) as const),
    ...[...(log.formerAnchors ?? [])].map((note) => ({ note, from: 'former' }) as const),
  ];
  for (const { note, from } of outside) {
    const checkpoint = readSignedCheckpoint(note, ...keys);
    if (typeof checkpoint === 'string') return breach(`anchor-${checkpoint}`, {});
    all.push({ checkpoint, from });
  }
  return Map.groupBy(all, ({ checkpoint }) => checkpoint.size);
}

/**
 * Compares the root so far. One that the store signed itself breaks at once; others go among `strays`: a recovery that
 * is told of further on may name what they speak for as lost.
 */
export function breachOfRoot(
  frontier: Frontier,
  expected: ReadonlyMap<number, readonly ExpectedRoot[]>,
  strays: ExpectedRoot[],
): LogBreach | undefined {
  const here = expected.get(frontier.size);
  if (here === undefined) return undefined;
  const root = frontier.root();
  const others = here.filter(({ checkpoint }) => !sameBytes(checkpoint.root, root));
  if (others.some(({ from }) => from === 'store')) {
    return breach('checkpoint-inconsistent', { size: frontier.size });
  }
  strays.push(...others);
  return undefined;
}

/** The first stray that no recovery explains. */
export function breachOfStrays(
  strays: readonly ExpectedRoot[],
  recoveries: readonly LogRecovery[],
): LogBreach | undefined {
  const stray = strays.find((one) => !isExplained(one, recoveries));
  return stray && breach('anchor-forked', { size: stray.checkpoint.size });
}

/** The first checkpoint that somebody kept of entries that are lost. */
export function breachOfLosses(
  strays: readonly ExpectedRoot[],
  recoveries: readonly LogRecovery[],
): LogBreach | undefined {
  const kept = strays.find(({ from }) => from === 'kept');
  const recovery = kept && recoveryFor(kept, recoveries);
  if (recovery === undefined) return undefined;
  const { size } = kept!.checkpoint;
  return breach('entries-lost', { index: recovery.size, size }, { recovered: recovery.index });
}

/** A checkpoint that contradicts what a recovery says of the log before it. */
export function breachOfRecoveries(
  all: readonly ExpectedRoot[],
  recoveries: readonly LogRecovery[],
): LogBreach | undefined {
  const wrong = recoveries.find(({ size, root }) =>
    all.some(({ checkpoint }) => checkpoint.size === size && !sameBytes(checkpoint.root, root)),
  );
  return wrong && breach('key-unproven', { index: wrong.index });
}

/** In the anchor nothing may have been added since: that would be another copy that goes on. */
function isExplained(stray: ExpectedRoot, recoveries: readonly LogRecovery[]): boolean {
  const recovery = recoveryFor(stray, recoveries);
  if (recovery === undefined || stray.from !== 'former') return recovery !== undefined;
  const { size, root } = stray.checkpoint;
  if (size !== recovery.anchored) return size < recovery.anchored;
  return sameBytes(root, recovery.anchoredRoot);
}

function recoveryFor(
  { checkpoint }: ExpectedRoot,
  recoveries: readonly LogRecovery[],
): LogRecovery | undefined {
  const { origin, size } = checkpoint;
  return recoveries.find((one) => one.replaced.startsWith(`${origin}+`) && size > one.size);
}
