/**
 * What holds for one card instead of what its card company answered: they do not waive the fee for it; the fee was
 * charged; it was reissued before, and the fee was asked back.
 */
export const exceptionKinds = ['not-waived', 'fee-charged', 'refund-asked'] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** `none`: an exception that was noted does not hold any more; the card is as its card company answered. */
export const exceptionValues = [...exceptionKinds, 'none'] as const;
export type ExceptionValue = (typeof exceptionValues)[number];

/** Cards by kind of exception. */
export type ExceptionCounts = Readonly<Record<ExceptionKind, number>>;

/** How many cards each kind holds for; those for which none holds are left out. */
export function countExceptions(values: Iterable<ExceptionValue>): ExceptionCounts {
  const counts = { 'not-waived': 0, 'fee-charged': 0, 'refund-asked': 0 };
  for (const value of values) if (value !== 'none') counts[value] += 1;
  return counts;
}

/** Cards of all kinds together. */
export function sumExceptions(counts: ExceptionCounts): number {
  return exceptionKinds.reduce((sum, kind) => sum + counts[kind], 0);
}
