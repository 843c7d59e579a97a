import { z } from 'zod';
import { textField } from '../workspace/text-fields.ts';
import { weakAlgorithmNames } from './weak-algorithms.ts';
import type { WeakAlgorithm } from './weak-algorithms.ts';

/** The `allow_algorithms` list of an endpoint. Empty for most. */
export const allowAlgorithmsField = z
  .array(
    z.strictObject({
      algorithm: z.enum(weakAlgorithmNames as [WeakAlgorithm, ...WeakAlgorithm[]]),
      reason: textField(400).describe('Recorded: why their server has nothing better.'),
    }),
  )
  .min(1, 'at least one, or leave the key out')
  .refine(
    (list) => new Set(list.map((entry) => entry.algorithm)).size === list.length,
    'each algorithm only once',
  );
