import { z } from 'zod';

import type { Certificate } from '../../../exchange/certificates.ts';
import { instantSchema, modeSchema } from './common.ts';

/** `key export --json`. */
export const keySchema = z.strictObject({
  kind: z.enum(['openpgp', 'sftp', 'log']),
  key: z.string(),
});

export function keyDocument(
  kind: 'openpgp' | 'sftp' | 'log',
  key: string,
): z.infer<typeof keySchema> {
  return { kind, key };
}

/** What the key sheet says. */
export interface KeySheet {
  readonly organisation: string;
  readonly contact: string | undefined;
  readonly mode: 'drill' | 'live';
  readonly certificate: Certificate;
  readonly sftpFingerprint: string;
  readonly vkey: string;
  readonly timeZone: string;
  readonly at: Date;
}

/** `key sheet --json`. */
export const keySheetSchema = z.strictObject({
  organisation: z.string(),
  contact: z.string().optional(),
  mode: modeSchema,
  openpgp: z.strictObject({
    fingerprint: z.string(),
    algorithm: z.string(),
    createdAt: instantSchema,
    expiresAt: instantSchema.optional(),
  }),
  sftpFingerprint: z.string(),
  vkey: z.string(),
});

export function keySheetDocument(sheet: KeySheet): z.infer<typeof keySheetSchema> {
  const { organisation, contact, mode, certificate, sftpFingerprint, vkey } = sheet;
  const { fingerprint, algorithm, createdAt, expiresAt } = certificate;
  return {
    organisation,
    ...(contact === undefined ? {} : { contact }),
    mode,
    openpgp: {
      fingerprint,
      algorithm,
      createdAt: createdAt.toISOString(),
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    },
    sftpFingerprint,
    vkey,
  };
}
