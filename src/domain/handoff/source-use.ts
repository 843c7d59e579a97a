import { hasLeft } from './delivery-states.ts';
import type { DeliveryState } from './delivery-states.ts';

/** A handoff that a source was read for. */
export interface SourceUse {
  readonly handoff: string;
  readonly state: 'preparing' | 'undecided' | 'decided' | 'nothing-to-send';
  readonly outcome: 'approve' | 'decline' | 'cancel' | undefined;
  readonly batches: readonly DeliveryState[];
  /** Records of all its sources that waited for a decision when it was prepared. */
  readonly held: number;
}

/** Whether a source is still needed: `unknown` when no handoff was made of it, `needed` while one of them needs it. */
export function standingOfSource(uses: readonly SourceUse[]): 'done' | 'needed' | 'unknown' {
  if (uses.length === 0) return 'unknown';
  return usesInNeed(uses).length === 0 ? 'done' : 'needed';
}

/**
 * The uses for which a source is still needed: each that waits, is under way, failed or was given up in part, and the
 * newest when it held records back, since these are nowhere else; all of them when all were given up. `uses` stand in
 * the order they were prepared in.
 */
export function usesInNeed(uses: readonly SourceUse[]): readonly SourceUse[] {
  const living = uses.filter(isLiving);
  if (living.length === 0) return uses;
  const newest = living.at(-1);
  return living.filter((use) => !isDone(use) || (use === newest && use.held > 0));
}

/** The newest use, where nothing but the records that it held back keeps a source from being done with. */
export function holdingUse(uses: readonly SourceUse[]): SourceUse | undefined {
  const [use, ...others] = usesInNeed(uses);
  if (use === undefined || others.length > 0) return undefined;
  return isLiving(use) && isDone(use) ? use : undefined;
}

function isLiving({ outcome }: SourceUse): boolean {
  return outcome !== 'decline' && outcome !== 'cancel';
}

function isDone({ state, batches }: SourceUse): boolean {
  if (state === 'nothing-to-send') return true;
  return state === 'decided' && batches.length > 0 && batches.every(hasLeft);
}
