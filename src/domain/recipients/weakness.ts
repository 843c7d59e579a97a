import { z } from 'zod';
import { textField } from '../workspace/text-fields.ts';
import { weaknesses } from './weaknesses.ts';

/** The `allow` list of a recipient or sender. Empty for most. */
export const allowField = z
  .array(
    z.strictObject({
      weakness: z.enum(weaknesses),
      reason: textField(400).describe('Recorded: why there is no better certificate.'),
    }),
  )
  .default([])
  .refine(
    (list) => new Set(list.map((entry) => entry.weakness)).size === list.length,
    'each weakness only once',
  );
