import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { parseStatement } from '../handoff/signed-statement.ts';
import { reason, sha256, size } from './log-statement-fields.ts';

/** How long another anchor may be begun under the other officer's statement. */
export const ANCHOR_STATEMENT_MS = 86_400_000;

const schema = z.strictObject({
  type: z.literal('mimamori/anchor-refill/v1'),
  workspace: z.string(),
  mode: z.enum(['drill', 'live']),
  /** Verifier key of the log. */
  vkey: z.string(),
  /** The directory, as the settings in force name it. */
  anchor: z.string(),
  /** The newest checkpoint that the workspace recorded; 0 and the root of nothing without one. */
  size,
  root: sha256,
  /** Size of the newest one that the directory holds; 0 for none. */
  anchored: size,
  requester: z.string(),
  officer: z.string(),
  reason,
  at: z.iso.datetime(),
  validUntil: z.iso.datetime(),
});

/**
 * The other officer's word that the log may be held against another anchor from now on
 * (docs/formats/anchor-refill-v1.md). Signed detached over exactly these bytes (RFC 8785).
 */
export type AnchorStatement = Readonly<z.infer<typeof schema>>;

/** The bytes that the other officer signs. Throws what `parseAnchorStatement` throws for what would not be read back. */
export function encodeAnchorStatement(statement: AnchorStatement): Uint8Array {
  const bytes = encodeCanonicalJson(statement);
  parseAnchorStatement(bytes);
  return bytes;
}

/** Reads a statement that lay on a disk meanwhile. Throws what `parseStatement` throws. */
export function parseAnchorStatement(bytes: Uint8Array): AnchorStatement {
  return parseStatement(bytes, schema);
}

/** Whether a statement that was written says what would be said at `now`, and is neither too old nor from the future. */
export function isAnchorStillSaid(
  written: AnchorStatement,
  current: AnchorStatement,
  now: Date,
): boolean {
  const { at, validUntil } = written;
  const age = now.getTime() - Date.parse(at);
  if (age < 0 || age >= ANCHOR_STATEMENT_MS) return false;
  return textOf(written) === textOf({ ...current, at, validUntil });
}

function textOf(statement: AnchorStatement): string {
  return new TextDecoder().decode(encodeCanonicalJson(statement));
}
