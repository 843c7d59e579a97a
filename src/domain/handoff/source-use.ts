import type { DeliveryState } from './delivery-states.ts';

/** A handoff that a source was read for. */
export interface SourceUse {
  readonly handoff: string;
  readonly state: 'preparing' | 'undecided' | 'decided' | 'nothing-to-send';
  readonly outcome: 'approve' | 'decline' | 'cancel' | undefined;
  readonly batches: readonly DeliveryState[];
}

const handedOver: readonly DeliveryState[] = ['stored', 'written', 'sent-elsewhere'];
const given = [...handedOver, 'cancelled'] as readonly DeliveryState[];

/**
 * Whether a source is still needed: `unknown` when no handoff was made of it, `needed` while one of them waits, is under
 * way or failed, or when all of them were given up; else what it was for is done.
 */
export function standingOfSource(uses: readonly SourceUse[]): 'done' | 'needed' | 'unknown' {
  if (uses.length === 0) return 'unknown';
  const living = uses.filter(({ outcome }) => outcome !== 'decline' && outcome !== 'cancel');
  return living.length > 0 && living.every(isDone) ? 'done' : 'needed';
}

function isDone({ state, batches }: SourceUse): boolean {
  if (state === 'nothing-to-send') return true;
  return (
    state === 'decided' &&
    batches.every((batch) => given.includes(batch)) &&
    batches.some((batch) => handedOver.includes(batch))
  );
}
