import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { parseStatement } from './signed-statement.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The second signature is due this long after an emergency was declared. */
export const SECOND_SIGNATURE_MS = 24 * 3_600_000;

const emergencySchema = z.strictObject({
  type: z.literal('mimamori/emergency/v1'),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  handoff: z.string(),
  planSha256: sha256,
  officer: z.string(),
  reason: z.string().min(1).max(2000),
  at: z.iso.datetime(),
  secondSignatureDue: z.iso.datetime(),
});

/**
 * The requester's word that one plan has to leave before anyone else can approve it. Signed detached over exactly these
 * bytes (RFC 8785). It approves nothing: the approvals are owed all the same.
 */
export type EmergencyStatement = Readonly<z.infer<typeof emergencySchema>>;

/** The bytes the requester signs. */
export function encodeEmergency(statement: EmergencyStatement): Uint8Array {
  return encodeCanonicalJson(statement);
}

/** Reads a stored statement. Throws what `parseStatement` throws. */
export function parseEmergency(bytes: Uint8Array): EmergencyStatement {
  return parseStatement(bytes, emergencySchema);
}
