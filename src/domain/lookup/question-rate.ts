import { LookupFault } from './errors.ts';

/** One a minute, all day: more than a desk asks for its callers, and too few to try numbers or order references out. */
export const QUESTIONS_MAX = 60;

/** The stretch of time that is counted, in milliseconds. */
export const QUESTION_SPAN_MS = 3_600_000;

/**
 * Whether one more question is answered. `asked`: when this officer asked within the last `QUESTION_SPAN_MS`, oldest
 * first, in milliseconds since 1970. Throws `lookup-too-many`, which says when the next one is.
 */
export function assertMayAsk(asked: readonly number[]): void {
  const oldest = asked.at(-QUESTIONS_MAX);
  if (oldest === undefined) return;
  const until = new Date(oldest + QUESTION_SPAN_MS).toISOString();
  throw new LookupFault('lookup-too-many', { limit: QUESTIONS_MAX, until });
}
