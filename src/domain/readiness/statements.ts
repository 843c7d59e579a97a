/** What somebody may tell about a card company, and, last, what we say of our own desk. */
export const subjects = ['monitoring', 'waiver', 'publication', 'desk'] as const;
export type Subject = (typeof subjects)[number];

/**
 * How the request to waive the reissue fee stands with a card company. `no-answer`: nothing came, and we no longer wait
 * for it; the desk then says what a caller is told while it is open. `closed`: the matter is over, and nothing follows.
 */
export const waiverStates = [
  'not-requested',
  'requested',
  'granted',
  'granted-with-terms',
  'declined',
  'no-answer',
  'disputed',
  'closed',
] as const;
export type WaiverState = (typeof waiverStates)[number];

/** Of whom it was told: one issuer, everyone who is reached through a recipient, or our own desk. */
export type Party =
  | { readonly kind: 'issuer'; readonly name: string }
  | { readonly kind: 'recipient'; readonly name: string }
  | { readonly kind: 'desk'; readonly name: '' };

/** What was told. `withdrawn`: what was told before does not hold any more, and nothing takes its place. */
export type Told =
  | { readonly subject: 'monitoring'; readonly outcome: 'on'; readonly sinceMs: number }
  | { readonly subject: 'waiver'; readonly outcome: WaiverState }
  | { readonly subject: 'publication'; readonly outcome: 'not-before'; readonly day: string }
  | { readonly subject: 'desk'; readonly outcome: 'briefed' }
  | { readonly subject: Exclude<Subject, 'waiver'>; readonly outcome: 'withdrawn' };

/** Waivers that still wait for somebody. */
const unanswered: readonly Told['outcome'][] = ['requested', 'no-answer'];

/**
 * Whether to put `after` in the place of `before` takes a reason: it does where it contradicts, and does not where it is
 * what was waited for – the answer to a request, a desk that is briefed again.
 */
export function needsReason(before: Told | undefined, after: Told): boolean {
  if (after.outcome === 'withdrawn') return true;
  if (before === undefined || before.outcome === 'withdrawn') return false;
  if (before.outcome === 'not-requested' && after.outcome === 'requested') return false;
  return !unanswered.includes(before.outcome) && after.subject !== 'desk';
}

/** Whether a waiver waits for us or for an answer. */
export function isWaiverOpen(state: WaiverState): boolean {
  return state === 'not-requested' || state === 'requested' || state === 'disputed';
}
