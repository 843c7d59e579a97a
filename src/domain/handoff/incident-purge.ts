import { z } from 'zod';

import { encodeCanonicalJson } from '../canonical-json.ts';
import { DecisionFault } from './decision-errors.ts';

/** How long an early purge may be done under the other officer's statement. */
export const PURGE_STATEMENT_MS = 7 * 86_400_000;

const text = z.string().min(1);

const purgeStatementSchema = z.strictObject({
  type: z.literal('mimamori/incident-purge/v1'),
  workspace: text,
  mode: z.enum(['drill', 'live']),
  incident: text,
  incidentSha256: z.string().regex(/^[0-9a-f]{64}$/),
  handoffs: z.array(text),
  lastUsedAt: z.iso.datetime(),
  retainedUntil: z.iso.datetime().optional(),
  counts: z.record(z.string(), z.int().min(0)),
  requester: text,
  officer: text,
  reason: z.string().min(1).max(2000),
  at: z.iso.datetime(),
  validUntil: z.iso.datetime(),
});

/**
 * The other officer's word that one incident, as it stands, may be purged before its time
 * (docs/formats/incident-purge-v1.md). Signed detached over exactly these bytes (RFC 8785).
 */
export type PurgeStatement = Readonly<z.infer<typeof purgeStatementSchema>>;

/** The bytes the other officer signs. Throws DecisionFault `statement-invalid` for what would not be read back. */
export function encodePurgeStatement(statement: PurgeStatement): Uint8Array {
  if (!purgeStatementSchema.safeParse(statement).success) {
    throw new DecisionFault('statement-invalid');
  }
  return canonical(statement);
}

/** Reads a stored statement. Throws DecisionFault `statement-invalid` unless the bytes are exactly the canonical form. */
export function parsePurgeStatement(bytes: Uint8Array): PurgeStatement {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DecisionFault('statement-invalid');
  }
  const parsed = purgeStatementSchema.safeParse(value);
  if (!parsed.success) throw new DecisionFault('statement-invalid');
  if (!isSame(canonical(parsed.data), bytes)) throw new DecisionFault('statement-invalid');
  return parsed.data;
}

/** Whether a statement that was signed says what would be said at `now`, and is neither too old nor from the future. */
export function isStillSaid(signed: PurgeStatement, current: PurgeStatement, now: Date): boolean {
  const { at, validUntil } = signed;
  if (now.getTime() < Date.parse(at) || now.getTime() >= Date.parse(validUntil)) return false;
  return isSame(canonical(signed), canonical({ ...current, at, validUntil }));
}

function canonical({ retainedUntil, ...rest }: PurgeStatement): Uint8Array {
  return encodeCanonicalJson({
    ...rest,
    ...(retainedUntil === undefined ? {} : { retainedUntil }),
  });
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
