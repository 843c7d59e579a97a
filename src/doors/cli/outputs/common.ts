import { z } from 'zod';

import { deliveryStates } from '../../../domain/handoff/delivery-states.ts';
import type { BatchRow } from '../../../exchange/handoff-register.ts';

export const modeSchema = z.enum(['drill', 'live']);
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** RFC 3339, UTC. */
export const instantSchema = z.iso.datetime();
/** How many of each reason; what did not occur is left out. */
export const counts = z.record(z.string(), z.int());

export const issuerSchema = z.strictObject({
  issuer: z.string(),
  brand: z.string(),
  country: z.string(),
  cards: z.int(),
});

/** A batch as every command shows it. */
export const batchSchema = z.strictObject({
  batch: z.string(),
  handoff: z.string(),
  recipient: z.string(),
  file: z.string(),
  bytes: z.int(),
  sha256: sha256Schema,
  cards: z.int(),
  issuers: z.array(issuerSchema),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  evidence: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
  fault: z.strictObject({ code: z.string(), retry: z.string() }).optional(),
  changedAt: instantSchema,
});

export function batchOf(row: BatchRow): z.infer<typeof batchSchema> {
  const { id, handoff, recipient, file, bytes, sha256, cards, state, attempts } = row;
  return {
    batch: id,
    handoff,
    recipient,
    file,
    bytes,
    sha256,
    cards,
    issuers: row.issuers.map(({ issuer, brand, country, cards: own }) => ({
      issuer,
      brand,
      country,
      cards: own,
    })),
    state,
    attempts,
    ...(row.evidence === undefined ? {} : { evidence: { ...row.evidence } }),
    ...(row.fault === undefined ? {} : { fault: { ...row.fault } }),
    changedAt: row.changedAt.toISOString(),
  };
}
