import { z } from 'zod';

import type { Facts } from '../../../domain/fault.ts';
import type { Delivered } from '../../../exchange/delivery/deliver-handoff.ts';
import type { BatchRow } from '../../../exchange/handoff/handoff-register.ts';
import type { PersonsWord } from '../../../exchange/delivery/word-register.ts';
import {
  batchOf,
  batchSchema,
  emergencyOf,
  emergencySchema,
  wordOf,
  wordSchema,
} from './common.ts';

/** `handoff deliver --json`. `attempts` of a report are those of this run. */
export const deliverSchema = z.strictObject({
  handoff: z.string(),
  /** No list, but a recall of cards of earlier ones; else left out. */
  recall: z.literal(true).optional(),
  reports: z.array(
    z.strictObject({
      batch: z.string(),
      recipient: z.string(),
      cards: z.int(),
      state: z.string(),
      attempts: z.int(),
      code: z.string().optional(),
      /** With `algorithms-refused`: what their server has, and what allowing would help. */
      offered: z.array(z.string()).optional(),
      allow: z.array(z.string()).optional(),
    }),
  ),
  batches: z.array(batchSchema),
  emergency: emergencySchema.optional(),
  /** Whether `serve` runs, so that they can fetch; absent where nothing waits to be fetched. */
  served: z.boolean().optional(),
  checkpoint: z.strictObject({ size: z.int(), note: z.string() }),
});

export function deliverDocument(made: {
  readonly delivered: Delivered;
  readonly batches: readonly BatchRow[];
  readonly isServed?: boolean;
}): z.infer<typeof deliverSchema> {
  const { delivered, batches, isServed } = made;
  return {
    handoff: delivered.handoff.id,
    ...(delivered.handoff.report?.isRecall === true ? { recall: true } : {}),
    reports: delivered.reports.map(({ batch, recipient, cards, state, attempts, fault }) => ({
      batch,
      recipient,
      cards,
      state,
      attempts,
      ...(fault === undefined ? {} : { code: fault.code }),
      ...namesOf(fault?.facts ?? {}),
    })),
    batches: batches.map(batchOf),
    ...(delivered.handoff.emergency === undefined
      ? {}
      : { emergency: emergencyOf(delivered.handoff.emergency) }),
    ...(isServed === undefined ? {} : { served: isServed }),
    checkpoint: { size: delivered.checkpoint.size, note: delivered.checkpoint.note },
  };
}

function namesOf({ offered, allow }: Facts): { offered?: string[]; allow?: string[] } {
  return {
    ...(Array.isArray(offered) ? { offered: offered.map(String) } : {}),
    ...(Array.isArray(allow) ? { allow: allow.map(String) } : {}),
  };
}

/** `handoff retry --json` and `handoff resolve --json`. */
export const settledSchema = batchSchema;

export function batchDocument(row: BatchRow): z.infer<typeof settledSchema> {
  return batchOf(row);
}

/** `handoff record --json`: the batch, whose state no word changes, and all that was said of it. */
export const recordSchema = z.strictObject({ batch: batchSchema, words: z.array(wordSchema) });

export function recordDocument(
  row: BatchRow,
  words: readonly PersonsWord[],
): z.infer<typeof recordSchema> {
  return { batch: batchOf(row), words: words.map(wordOf) };
}
