import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { parseStatement } from './signed-statement.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const approvalSchema = z.strictObject({
  type: z.literal('mimamori/approval/v1'),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  handoff: z.string(),
  planSha256: sha256,
  reviewSha256: sha256,
  decision: z.enum(['approve', 'decline']),
  officer: z.string(),
  reason: z.string().max(2000),
  at: z.iso.datetime(),
});

/**
 * One officer's decision on one plan. Signed detached over exactly these bytes (RFC 8785), so that
 * `gpg --verify approval.json.sig approval.json` checks it without this program.
 */
export type Approval = Readonly<z.infer<typeof approvalSchema>>;

/** The bytes an officer signs. */
export function encodeApproval(approval: Approval): Uint8Array {
  return encodeCanonicalJson(approval);
}

/** Reads a statement that may have come back from another machine. Throws what `parseStatement` throws. */
export function parseApproval(bytes: Uint8Array): Approval {
  return parseStatement(bytes, approvalSchema);
}
