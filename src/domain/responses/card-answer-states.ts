/**
 * What a recipient says of one card of a batch. `none`: nothing so far. `accepted`: it will be watched. `monitoring`: it
 * is watched. `returned`: it is not theirs to watch, or cannot be, and why.
 */
export const cardAnswerStates = ['none', 'accepted', 'monitoring', 'returned'] as const;
export type CardAnswerState = (typeof cardAnswerStates)[number];

/** Why a card is returned. A closed list: a recipient's own codes are put in its words. */
export const returnReasons = [
  'not-our-card',
  'closed-account',
  'unknown-card',
  'wrong-number',
  'other',
] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** What stands of one card. */
export type CardSaying =
  | { readonly state: 'accepted' | 'monitoring' }
  | { readonly state: 'returned'; readonly reason: ReturnReason };

export interface CardAnswerTransition {
  readonly from: readonly CardAnswerState[];
  readonly to: CardAnswerState;
  /** Whether it takes back what was said before. */
  readonly contradicts: boolean;
  /** What shows it, for docs/states.md. */
  readonly evidence: string;
}

const answer =
  'an answer that the pinned certificate of the recipient signed, or one taken in unsigned with a reason';
const accepted = 'the same, and an officer who accepts the contradiction with a reason';

/** What an answer may do to a card. To say the same again changes nothing. */
export const cardAnswerTransitions = {
  accept: { from: ['none'], to: 'accepted', contradicts: false, evidence: answer },
  watch: { from: ['none', 'accepted'], to: 'monitoring', contradicts: false, evidence: answer },
  return: { from: ['none'], to: 'returned', contradicts: false, evidence: answer },
  're-accept': {
    from: ['monitoring', 'returned'],
    to: 'accepted',
    contradicts: true,
    evidence: accepted,
  },
  're-watch': { from: ['returned'], to: 'monitoring', contradicts: true, evidence: accepted },
  're-return': {
    from: ['accepted', 'monitoring'],
    to: 'returned',
    contradicts: true,
    evidence: accepted,
  },
} as const satisfies Record<string, CardAnswerTransition>;

/** How the step from one state to another is called; undefined where both are one. Nothing goes back to `none`. */
export function cardAnswerStep(
  from: CardAnswerState,
  to: Exclude<CardAnswerState, 'none'>,
): CardAnswerTransition | undefined {
  return from === to ? undefined : steps.find((step) => step.to === to && step.from.includes(from));
}

const steps: readonly CardAnswerTransition[] = Object.values(cardAnswerTransitions);
