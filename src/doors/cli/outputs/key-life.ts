import { z } from 'zod';

import type { RotatedKey } from '../../../exchange/rotate-key.ts';

/** `key rotate --json`: the new key as partners enter it, and the one that is retiring. */
export const keyRotateSchema = z.strictObject({
  purpose: z.literal('sftp'),
  fingerprint: z.string(),
  key: z.string(),
  retiring: z.string(),
});

export function keyRotateDocument(rotated: RotatedKey): z.infer<typeof keyRotateSchema> {
  const { fingerprint, line, replaced } = rotated;
  return { purpose: 'sftp', fingerprint, key: line, retiring: replaced };
}

/** `key retire --json`. */
export const keyRetireSchema = z.strictObject({
  purpose: z.literal('sftp'),
  retired: z.string(),
});

export function keyRetireDocument(retired: {
  readonly fingerprint: string;
}): z.infer<typeof keyRetireSchema> {
  return { purpose: 'sftp', retired: retired.fingerprint };
}
