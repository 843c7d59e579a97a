import type { z } from 'zod';

import { parseCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import { DecisionFault } from './decision-errors.ts';

/** Far above what an officer signs; a file that claims to be a statement comes from outside. */
const STATEMENT_BYTES_MAX = 64 * 1024;

/**
 * Reads what an officer signed, or is to sign, and that lay on a disk or on another machine meanwhile.
 *
 * Throws `statement-invalid` unless the bytes fit `schema` and are exactly the canonical form (RFC 8785): two texts that
 * mean the same but differ in bytes would be two signatures for one decision.
 */
export function parseStatement<T>(bytes: Uint8Array, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(read(bytes));
  // The validator's error would quote what was found there.
  if (!parsed.success) throw new DecisionFault('statement-invalid');
  return parsed.data;
}

function read(bytes: Uint8Array): Json {
  if (bytes.length > STATEMENT_BYTES_MAX) throw new DecisionFault('statement-invalid');
  try {
    return parseCanonicalJson(bytes);
  } catch (cause) {
    throw new DecisionFault('statement-invalid', {}, cause);
  }
}
