import type { WaiverState } from '../readiness/statements.ts';

/** How a waiver gets from one state to another. */
export interface WaiverStep {
  readonly from: readonly WaiverState[];
  readonly to: WaiverState;
  /** What shows it, for docs/states.md. */
  readonly evidence: string;
}

const theirs = 'what the card company, or whoever speaks for it, said';
const answerable = [
  ...(['not-requested', 'requested', 'granted', 'granted-with-terms'] as const),
  ...(['declined', 'no-answer', 'disputed'] as const),
] satisfies readonly WaiverState[];

/**
 * Everything that may become of the request to waive the reissue fee. A card company may answer without being asked, may
 * answer again, and may answer late. Once closed nothing follows: a new matter is a new incident.
 */
export const waiverSteps = {
  request: {
    from: ['not-requested', 'requested', 'declined', 'no-answer', 'disputed'],
    to: 'requested',
    evidence: 'that we asked, whom and how',
  },
  grant: { from: answerable, to: 'granted', evidence: theirs },
  'grant with terms': { from: answerable, to: 'granted-with-terms', evidence: theirs },
  decline: { from: answerable, to: 'declined', evidence: theirs },
  'give up': {
    from: ['not-requested', 'requested', 'disputed', 'no-answer'],
    to: 'no-answer',
    evidence: 'the decision to wait no longer',
  },
  dispute: {
    from: ['granted', 'granted-with-terms', 'declined', 'disputed'],
    to: 'disputed',
    evidence: 'an answer that we do not agree on',
  },
  retract: {
    from: ['not-requested', 'requested', 'no-answer'],
    to: 'not-requested',
    evidence: 'that what was noted was wrong: nobody had asked',
  },
  close: {
    from: ['granted', 'granted-with-terms', 'declined', 'no-answer'],
    to: 'closed',
    evidence: 'the decision that the matter is over',
  },
} as const satisfies Record<string, WaiverStep>;

/** Whether a waiver that is in the one state may be said to be in the other. */
export function mayFollow(from: WaiverState, to: WaiverState): boolean {
  const steps: readonly WaiverStep[] = Object.values(waiverSteps);
  return steps.some((step) => step.to === to && step.from.includes(from));
}
