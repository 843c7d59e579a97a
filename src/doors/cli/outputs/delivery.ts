import { z } from 'zod';

import type { Delivered } from '../../../exchange/deliver-handoff.ts';
import type { BatchRow } from '../../../exchange/handoff-register.ts';
import { batchOf, batchSchema } from './common.ts';

/** `handoff deliver --json`. `attempts` of a report are those of this run. */
export const deliverSchema = z.strictObject({
  handoff: z.string(),
  reports: z.array(
    z.strictObject({
      batch: z.string(),
      recipient: z.string(),
      cards: z.int(),
      state: z.string(),
      attempts: z.int(),
      code: z.string().optional(),
    }),
  ),
  batches: z.array(batchSchema),
  checkpoint: z.strictObject({ size: z.int(), note: z.string() }),
});

export function deliverDocument(made: {
  readonly delivered: Delivered;
  readonly batches: readonly BatchRow[];
}): z.infer<typeof deliverSchema> {
  const { delivered, batches } = made;
  return {
    handoff: delivered.handoff.id,
    reports: delivered.reports.map(({ batch, recipient, cards, state, attempts, fault }) => ({
      batch,
      recipient,
      cards,
      state,
      attempts,
      ...(fault === undefined ? {} : { code: fault.code }),
    })),
    batches: batches.map(batchOf),
    checkpoint: { size: delivered.checkpoint.size, note: delivered.checkpoint.note },
  };
}

/** `handoff retry --json` and `handoff resolve --json`. */
export const settledSchema = batchSchema;

export function batchDocument(row: BatchRow): z.infer<typeof settledSchema> {
  return batchOf(row);
}
