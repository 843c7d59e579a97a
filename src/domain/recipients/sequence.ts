import { z } from 'zod';

/**
 * The running number that a recipient counts our files by. It is given out at the first delivery of a batch, never
 * twice, and without a gap: a later batch waits until the one before it is there or given up.
 */
export const sequenceSchema = z.strictObject({
  start: z
    .int('a whole number')
    .min(1, 'a number from 1; 0 is what test files carry')
    .max(999_999_999, 'a number of at most nine digits')
    .default(1)
    .describe('The first number; raise it when the recipient already has files of ours.'),
  width: z
    .int('a whole number')
    .min(1, 'a width from 1 to 9')
    .max(9, 'a width from 1 to 9')
    .default(6)
    .describe('Digits, filled with zeros.'),
  reset: z
    .enum(['never', 'daily', 'yearly'])
    .default('never')
    .describe('Whether the numbers start again, by the calendar of the workspace.'),
});

export type Sequence = z.output<typeof sequenceSchema>;

/** The span in which a number is given once: a day, a year, or all time. `date` is YYYY-MM-DD. */
export function periodOf({ reset }: Pick<Sequence, 'reset'>, date: string): string {
  switch (reset) {
    case 'never':
      return 'all';
    case 'yearly':
      return date.slice(0, 4);
    case 'daily':
      return date;
  }
}

/** The number after the highest one in use; `undefined` when the width has no room for it. */
export function nextNumber(
  { start, width }: Pick<Sequence, 'start' | 'width'>,
  highest: number | undefined,
): number | undefined {
  const next = Math.max(start, (highest ?? 0) + 1);
  return String(next).length > width ? undefined : next;
}
