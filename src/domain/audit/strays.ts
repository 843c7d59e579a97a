import type { Checkpoint } from '../tlog/checkpoint.ts';
import { sameBytes } from '../tlog/hashes.ts';
import { breach } from './log-verdict.ts';
import type { LogBreach } from './log-verdict.ts';
import type { LogRecovery } from './log-recovery.ts';

/**
 * Where a checkpoint comes from. `store`: the log signed it itself; `kept`: somebody kept it outside; `former`: it lies in
 * the anchor, from before a recovery, and may speak for what is lost.
 */
export type CheckpointSource = 'store' | 'kept' | 'former';

/** A checkpoint from outside that the entries do not lead to. */
export interface Stray {
  readonly checkpoint: Checkpoint;
  readonly from: CheckpointSource;
}

/**
 * Strays of one log, given in the order of their sizes. Of each origin and source the smallest and the largest are held:
 * whether a recovery explains all of them is told by these.
 */
export class Strays {
  readonly #ends = new Map<string, { readonly first: Stray; last: Stray }>();

  add(stray: Stray): void {
    const name = `${stray.from} ${stray.checkpoint.origin}`;
    const ends = this.#ends.get(name);
    if (ends === undefined) this.#ends.set(name, { first: stray, last: stray });
    else ends.last = stray;
  }

  /** The ends of each row, smallest first. */
  get ends(): readonly Stray[] {
    return [...this.#ends.values()].flatMap(({ first, last }) =>
      first === last ? [first] : [first, last],
    );
  }
}

/** The first stray that no recovery explains. */
export function breachOfStrays(
  strays: readonly Stray[],
  recoveries: readonly LogRecovery[],
): LogBreach | undefined {
  const stray = strays.find((one) => !isExplained(one, recoveries));
  return stray && breach('anchor-forked', { size: stray.checkpoint.size });
}

/** The first checkpoint that somebody kept of entries that are lost. */
export function breachOfLosses(
  strays: readonly Stray[],
  recoveries: readonly LogRecovery[],
): LogBreach | undefined {
  const kept = strays.find(({ from }) => from === 'kept');
  const recovery = kept && recoveryFor(kept, recoveries);
  if (recovery === undefined) return undefined;
  const { size } = kept!.checkpoint;
  return breach('entries-lost', { index: recovery.size, size }, { recovered: recovery.index });
}

/** In the anchor nothing may have been added since: that would be another copy that goes on. */
function isExplained(stray: Stray, recoveries: readonly LogRecovery[]): boolean {
  const recovery = recoveryFor(stray, recoveries);
  if (recovery === undefined || stray.from !== 'former') return recovery !== undefined;
  const { size, root } = stray.checkpoint;
  if (size !== recovery.anchored) return size < recovery.anchored;
  return sameBytes(root, recovery.anchoredRoot);
}

function recoveryFor(
  { checkpoint }: Stray,
  recoveries: readonly LogRecovery[],
): LogRecovery | undefined {
  const { origin, size } = checkpoint;
  return recoveries.find((one) => one.replaced.startsWith(`${origin}+`) && size > one.size);
}
