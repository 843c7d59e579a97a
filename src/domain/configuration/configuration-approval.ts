import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { parseStatement } from '../handoff/signed-statement.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const approvalSchema = z.strictObject({
  type: z.literal('mimamori/configuration-approval/v1'),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  /** The digest of the approved document. */
  configuration: sha256,
  officer: z.string(),
  /** Whether it is to start without its cooling-off time. */
  emergency: z.boolean(),
  reason: z.string().max(2000),
  at: z.iso.datetime(),
});

/**
 * One officer's approval of one configuration. Signed detached over exactly these bytes (RFC 8785), so that `gpg
 * --verify` checks it without this program.
 */
export type ConfigurationApproval = Readonly<z.infer<typeof approvalSchema>>;

/** The bytes an officer signs. */
export function encodeConfigurationApproval(approval: ConfigurationApproval): Uint8Array {
  return encodeCanonicalJson(approval);
}

/** Reads a statement that may have come back from another machine. Throws what `parseStatement` throws. */
export function parseConfigurationApproval(bytes: Uint8Array): ConfigurationApproval {
  return parseStatement(bytes, approvalSchema);
}
