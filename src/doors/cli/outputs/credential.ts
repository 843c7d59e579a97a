import { z } from 'zod';

/** `credential create --json`: where the secret stands. */
export const credentialCreateSchema = z.strictObject({ file: z.string() });

export function credentialCreateDocument(file: string): z.infer<typeof credentialCreateSchema> {
  return { file };
}

/** `credential revoke --json`. */
export const credentialRevokeSchema = z.strictObject({ state: z.literal('revoked') });

export function credentialRevokeDocument(): z.infer<typeof credentialRevokeSchema> {
  return { state: 'revoked' };
}
