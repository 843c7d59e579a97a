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

const handedOver: readonly DeliveryState[] = ['stored', 'written', 'sent-elsewhere'];

/**
 * Whether a source is still needed: `unknown` when no handoff was made of it; `needed` while one of them waits, is under
 * way, failed or was given up in part, when all of them were given up, or when the newest held records back, since these
 * are nowhere else; else what it was for is done. `uses` stand in the order they were prepared in.
 */
export function standingOfSource(uses: readonly SourceUse[]): 'done' | 'needed' | 'unknown' {
  if (uses.length === 0) return 'unknown';
  const living = uses.filter(({ outcome }) => outcome !== 'decline' && outcome !== 'cancel');
  const newest = living.at(-1);
  return newest?.held === 0 && living.every(isDone) ? 'done' : 'needed';
}

function isDone({ state, batches }: SourceUse): boolean {
  if (state === 'nothing-to-send') return true;
  return (
    state === 'decided' &&
    batches.length > 0 &&
    batches.every((batch) => handedOver.includes(batch))
  );
}
