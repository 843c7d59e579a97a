import { z } from 'zod';

import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import type { Imported } from '../../../exchange/handoff/import-sent.ts';
import { counts, instantSchema, sha256Schema } from './common.ts';

/** `handoff import-sent --json`. Its batches are `claimed` until another officer approves the handoff. */
export const importedSchema = z.strictObject({
  handoff: z.string(),
  incident: z.string(),
  recipient: z.string(),
  sentAt: instantSchema,
  channel: z.enum(wordChannels),
  evidence: z.strictObject({ sha256: sha256Schema, bytes: z.int(), file: z.string() }),
  read: z.int(),
  cards: z.int(),
  excluded: counts,
  held: counts,
  batches: z.array(z.strictObject({ batch: z.string(), cards: z.int() })),
  planSha256: sha256Schema,
  reviewSha256: sha256Schema,
});

export function importedDocument(imported: Imported): z.infer<typeof importedSchema> {
  const { handoff, request, evidence, result, plan } = imported;
  const { read, cards, excluded, held, batches } = result;
  return {
    ...{ handoff, incident: request.incident, recipient: request.recipient },
    ...{ sentAt: request.sentAt.toISOString(), channel: request.channel },
    evidence: { ...evidence },
    ...{ read, cards, excluded: { ...excluded }, held: { ...held } },
    batches: batches.map(({ batch, cards: own }) => ({ batch, cards: own })),
    ...{ planSha256: plan.planSha256, reviewSha256: plan.reviewSha256 },
  };
}
