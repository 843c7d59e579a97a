import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { parseStatement } from '../handoff/signed-statement.ts';
import { reason, sha256, size } from './log-statement-fields.ts';

const schema = z.strictObject({
  type: z.literal('mimamori/log-recovery/v1'),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  /** Verifier key of the log as it was. */
  replaced: z.string(),
  /** Verifier key of the log as it goes on: the officers vouch for it, since no signature of the old key does. */
  vkey: z.string(),
  /** The newest anchored checkpoint that this copy agrees with. */
  size,
  root: sha256,
  /** The newest one in the anchor: entries from `size` up to here are lost. */
  anchored: size,
  anchoredRoot: sha256,
  requester: z.string(),
  reason,
  at: z.iso.datetime(),
});

/**
 * What two officers sign before a log whose last entries are lost goes on (docs/decisions/0024): one text, two detached
 * signatures, which `gpg --verify` checks without this program.
 */
export type RecoveryStatement = Readonly<z.infer<typeof schema>>;

/** The bytes that both sign (RFC 8785). */
export function encodeRecovery(statement: RecoveryStatement): Uint8Array {
  return encodeCanonicalJson(statement);
}

/** Reads a statement that lay on a disk meanwhile. Throws what `parseStatement` throws. */
export function parseRecovery(bytes: Uint8Array): RecoveryStatement {
  return parseStatement(bytes, schema);
}
