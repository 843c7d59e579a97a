import { z } from 'zod';

import type { RetiredHostKey, RotatedHostKey } from '../../../exchange/pickup/rotate-host-key.ts';

/** `key rotate --pickup --json`: lines for `known_hosts`, of the key that is shown until `key retire` and of the next. */
export const hostKeyRotateSchema = z.strictObject({
  purpose: z.literal('pickup'),
  fingerprint: z.string(),
  key: z.string(),
  retiring: z.string(),
  retiringKey: z.string(),
});

export function hostKeyRotateDocument(
  rotated: RotatedHostKey,
): z.infer<typeof hostKeyRotateSchema> {
  const { fingerprint, line: key, replaced: retiring, replacedLine: retiringKey } = rotated;
  return { purpose: 'pickup', fingerprint, key, retiring, retiringKey };
}

/** `key retire --pickup --json`. */
export const hostKeyRetireSchema = z.strictObject({
  purpose: z.literal('pickup'),
  retired: z.string(),
  /** What `serve` shows from its next start on. */
  shown: z.string(),
});

export function hostKeyRetireDocument(
  retired: RetiredHostKey,
): z.infer<typeof hostKeyRetireSchema> {
  return { purpose: 'pickup', retired: retired.fingerprint, shown: retired.shown };
}
