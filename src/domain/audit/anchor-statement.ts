import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { scrub } from '../cards/scrubber.ts';
import { parseStatement } from '../handoff/signed-statement.ts';

/** How long another anchor may be begun under the other officer's statement. */
export const ANCHOR_STATEMENT_MS = 86_400_000;

const size = z.int().min(0).max(999_999_999_999);

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
  root: z.string().regex(/^[0-9a-f]{64}$/),
  /** Size of the newest one that the directory holds; 0 for none. */
  anchored: size,
  requester: z.string(),
  officer: z.string(),
  reason: z
    .string()
    .min(1)
    .max(2000)
    .refine((text) => scrub(text.normalize('NFKC')).hits === 0),
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
