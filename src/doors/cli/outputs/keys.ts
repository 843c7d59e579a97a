import { z } from 'zod';

import type { Certificate } from '../../../exchange/keys/certificates.ts';
import { instantSchema, modeSchema } from './common.ts';

/** `key export --json`. */
export const keySchema = z.strictObject({
  kind: z.enum(['openpgp', 'sftp', 'log', 'pickup']),
  key: z.string(),
  /** The certificate before, while both are good. */
  retiring: z.string().optional(),
  /** Of the pickup server: the line of the key that it will show after `key retire --pickup`. */
  next: z.string().optional(),
});

export function keyDocument(
  kind: 'openpgp' | 'sftp' | 'log' | 'pickup',
  key: string,
  beside: { readonly retiring?: string; readonly next?: string } = {},
): z.infer<typeof keySchema> {
  return { kind, key, ...beside };
}

/** What the key sheet says. */
export interface KeySheet {
  readonly organisation: string;
  readonly contact: string | undefined;
  readonly mode: 'drill' | 'live';
  readonly certificate: Certificate;
  /** The one before, while both are good. */
  readonly retiring?: Certificate;
  readonly sftpFingerprint: string;
  readonly vkey: string;
  readonly timeZone: string;
  readonly at: Date;
}

const certificateSchema = z.strictObject({
  fingerprint: z.string(),
  algorithm: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema.optional(),
});

/** `key sheet --json`. */
export const keySheetSchema = z.strictObject({
  organisation: z.string(),
  contact: z.string().optional(),
  mode: modeSchema,
  openpgp: certificateSchema,
  openpgpRetiring: certificateSchema.optional(),
  sftpFingerprint: z.string(),
  vkey: z.string(),
});

export function keySheetDocument(sheet: KeySheet): z.infer<typeof keySheetSchema> {
  const { organisation, contact, mode, certificate, retiring, sftpFingerprint, vkey } = sheet;
  return {
    organisation,
    ...(contact === undefined ? {} : { contact }),
    mode,
    openpgp: certificateOf(certificate),
    ...(retiring === undefined ? {} : { openpgpRetiring: certificateOf(retiring) }),
    sftpFingerprint,
    vkey,
  };
}

function certificateOf(certificate: Certificate): z.infer<typeof certificateSchema> {
  const { fingerprint, algorithm, createdAt, expiresAt } = certificate;
  return {
    ...{ fingerprint, algorithm, createdAt: createdAt.toISOString() },
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
  };
}
