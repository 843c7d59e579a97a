import { DecisionFault } from './decision-errors.ts';

/** Which list of an incident a handoff is; recipients are told in the file. */
export const stages = ['interim', 'final', 'extension', 'correction'] as const;

export type Stage = (typeof stages)[number];

/** An earlier list of the same incident, as far as the stage of the next depends on it. */
export interface EarlierList {
  readonly handoff: string;
  /** Undefined for a plan that did not name one. */
  readonly stage: Stage | undefined;
  /** Approved, or sent by one person, with a batch that did not end badly. */
  readonly counts: boolean;
  /** A batch of it is with its recipient, for all that is known. */
  readonly isDelivered: boolean;
}

/**
 * Refuses a stage that would tell the recipient something untrue: there is nothing to extend or to correct before a
 * list was delivered, and what follows a final list is no longer an interim one.
 *
 * Throws DecisionFault `stage-without-list`, `stage-after-final`.
 */
export function assertStageFits(stage: Stage, earlier: readonly EarlierList[]): void {
  const builds = stage === 'extension' || stage === 'correction';
  if (builds && !earlier.some(({ isDelivered }) => isDelivered)) {
    throw new DecisionFault('stage-without-list', { stage });
  }
  const final = earlier.find((list) => list.counts && list.stage === 'final');
  if (stage === 'interim' && final !== undefined) {
    throw new DecisionFault('stage-after-final', { stage, handoff: final.handoff });
  }
}
