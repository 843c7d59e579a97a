import { z } from 'zod';

import type { OwnKey } from '../../../exchange/keys/own-keys.ts';
import type { RotatedKey } from '../../../exchange/keys/rotate-key.ts';
import type {
  RetiredOpenpgpKey,
  RotatedOpenpgpKey,
} from '../../../exchange/keys/rotate-openpgp-key.ts';

/** A key of either purpose that another follows. */
export type AnyRotatedKey =
  | ({ readonly purpose: 'sftp' } & RotatedKey)
  | ({ readonly purpose: 'openpgp' } & RotatedOpenpgpKey);

/** A key of either purpose whose time is over. */
export type AnyRetiredKey =
  | ({ readonly purpose: 'sftp' } & Pick<OwnKey, 'fingerprint'>)
  | ({ readonly purpose: 'openpgp' } & RetiredOpenpgpKey);

/** `key rotate --json`: the new key as partners enter it, and the one that is retiring. */
export const keyRotateSchema = z.strictObject({
  purpose: z.enum(['openpgp', 'sftp']),
  fingerprint: z.string(),
  /** The line for `authorized_keys`, or an armored certificate. */
  key: z.string(),
  retiring: z.string(),
  /** Of an OpenPGP key: whether the retiring one certified it. */
  vouchedFor: z.boolean().optional(),
});

export function keyRotateDocument(rotated: AnyRotatedKey): z.infer<typeof keyRotateSchema> {
  const { purpose, fingerprint, replaced: retiring } = rotated;
  if (rotated.purpose === 'sftp') return { purpose, fingerprint, key: rotated.line, retiring };
  const { certificate: key, isVouchedFor: vouchedFor } = rotated;
  return { purpose, fingerprint, key, retiring, vouchedFor };
}

/** `key retire --json`. */
export const keyRetireSchema = z.strictObject({
  purpose: z.enum(['openpgp', 'sftp']),
  retired: z.string(),
  /** Of an OpenPGP key: what it signed and what therefore never leaves. */
  unsent: z.strictObject({ batches: z.int(), handoffs: z.array(z.string()) }).optional(),
});

export function keyRetireDocument(retired: AnyRetiredKey): z.infer<typeof keyRetireSchema> {
  const { purpose, fingerprint } = retired;
  if (retired.purpose === 'sftp') return { purpose, retired: fingerprint };
  const { batches, handoffs } = retired.unsent;
  return { purpose, retired: fingerprint, unsent: { batches, handoffs: [...handoffs] } };
}
