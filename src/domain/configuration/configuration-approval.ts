import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { DecisionFault } from '../handoff/decision-errors.ts';

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

/**
 * Reads a statement that may have come back from another machine. Throws `statement-invalid` unless the bytes are
 * exactly the canonical form.
 */
export function parseConfigurationApproval(bytes: Uint8Array): ConfigurationApproval {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DecisionFault('statement-invalid');
  }
  const parsed = approvalSchema.safeParse(value);
  if (!parsed.success) throw new DecisionFault('statement-invalid');
  const canonical = encodeConfigurationApproval(parsed.data);
  if (canonical.length !== bytes.length || canonical.some((byte, at) => byte !== bytes[at])) {
    throw new DecisionFault('statement-invalid');
  }
  return parsed.data;
}
