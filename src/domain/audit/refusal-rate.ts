/** Refused attempts of one kind that have an entry each, in one clock hour (UTC): the same account, actor, command and code. */
export const REFUSALS_TOLD_EACH = 30;

/**
 * Whether the n-th refused attempt of a kind within an hour gets an entry. Each of the first `REFUSALS_TOLD_EACH` does,
 * and after them every one that doubles the count, with it: a script that tries again and again fills no log, and stays
 * known to within a factor of two.
 */
export function isRefusalTold(attempts: number): boolean {
  if (attempts <= REFUSALS_TOLD_EACH) return true;
  return Number.isInteger(Math.log2(attempts / REFUSALS_TOLD_EACH));
}

/** The clock hour of an instant, counted since 1970. */
export function hourOf(at: Date): number {
  return Math.floor(at.getTime() / 3_600_000);
}
