import { z } from 'zod';

import type { NumberGaps } from '../../../exchange/responses/number-gaps.ts';

/** What running numbers say did not arrive between a recipient and us. */
export const numberGapsSchema = z.strictObject({
  recipient: z.string(),
  /** Of their answers. */
  missing: z.array(z.strictObject({ from: z.int(), to: z.int() })),
  /** Of our files: what they expected next, and the highest that had left; left out where both agree. */
  expected: z.strictObject({ next: z.int(), sent: z.int() }).optional(),
});

export function numberGapsOf(gaps: NumberGaps): z.infer<typeof numberGapsSchema> {
  const { recipient, missing, expected } = gaps;
  return {
    ...{ recipient, missing: missing.map((span) => ({ ...span })) },
    ...(expected === undefined ? {} : { expected: { ...expected } }),
  };
}
