import { z } from 'zod';

import type { Decided } from '../../../exchange/handoff/decide-handoff.ts';
import type { BatchRow, HandoffRow } from '../../../exchange/handoff/handoff-register.ts';
import { emergencyOf, emergencySchema, sha256Schema } from './common.ts';

/** `handoff request --json`. */
export const requestSchema = z.strictObject({
  handoff: z.string(),
  requester: z.string(),
  requestSigned: z.boolean(),
  planSha256: sha256Schema.optional(),
});

export function requestDocument(row: HandoffRow): z.infer<typeof requestSchema> {
  return {
    handoff: row.id,
    requester: row.requester,
    requestSigned: row.planSignature !== undefined,
    ...(row.planSha256 === undefined ? {} : { planSha256: row.planSha256 }),
  };
}

const batchSchema = z.strictObject({ batch: z.string(), recipient: z.string(), state: z.string() });

/** `handoff approve --json` and `handoff decline --json`. With `statement` nothing is decided yet. */
export const decisionSchema = z.strictObject({
  handoff: z.string(),
  officer: z.string(),
  state: z.enum(['approve', 'decline', 'waiting', 'statement']),
  approvals: z.int().optional(),
  required: z.int().optional(),
  statement: z.string().optional(),
  signature: z.string().optional(),
  batches: z.array(batchSchema),
  emergency: emergencySchema.optional(),
});

export function decisionDocument(made: {
  readonly row: HandoffRow;
  readonly batches: readonly BatchRow[];
  readonly decided: Decided;
  readonly by: string;
}): z.infer<typeof decisionSchema> {
  const { row, batches, decided, by } = made;
  return {
    handoff: row.id,
    officer: by,
    state: decided.state,
    ...(decided.state === 'statement'
      ? { statement: decided.path, signature: decided.signaturePath }
      : { approvals: decided.approvals, required: decided.required }),
    batches: batches.map(batchOf),
    ...(row.emergency === undefined ? {} : { emergency: emergencyOf(row.emergency) }),
  };
}

/**
 * `handoff cancel --json`. `outcome` is what was decided of the handoff, which may be an approval from before; what was
 * withdrawn of it are its cancelled batches.
 */
export const cancelSchema = z.strictObject({
  handoff: z.string(),
  state: z.string(),
  outcome: z.string().optional(),
  batches: z.array(batchSchema),
});

export function cancelDocument(
  row: HandoffRow,
  batches: readonly BatchRow[],
): z.infer<typeof cancelSchema> {
  return {
    handoff: row.id,
    state: row.state,
    ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
    batches: batches.map(batchOf),
  };
}

function batchOf({ id, recipient, state }: BatchRow): z.infer<typeof batchSchema> {
  return { batch: id, recipient, state };
}
