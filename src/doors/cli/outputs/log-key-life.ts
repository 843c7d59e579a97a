import { z } from 'zod';

import type { RetiredLogKey, RotatedLogKey } from '../../../exchange/audit/rotate-log-key.ts';

const checkpoint = z.strictObject({ size: z.int(), note: z.string() });

/** `key rotate --log --json`: the new verifier key, the one that is retiring, and a checkpoint by both. */
export const logKeyRotateSchema = z.strictObject({
  purpose: z.literal('log'),
  key: z.string(),
  retiring: z.string(),
  checkpoint,
});

export function logKeyRotateDocument(rotated: RotatedLogKey): z.infer<typeof logKeyRotateSchema> {
  const { vkey, replaced, checkpoint: signed } = rotated;
  return { purpose: 'log', key: vkey, retiring: replaced, checkpoint: { ...signed } };
}

/** `key retire --log --json`. */
export const logKeyRetireSchema = z.strictObject({
  purpose: z.literal('log'),
  retired: z.string(),
  checkpoint,
});

export function logKeyRetireDocument(made: RetiredLogKey): z.infer<typeof logKeyRetireSchema> {
  return { purpose: 'log', retired: made.retired, checkpoint: { ...made.checkpoint } };
}
