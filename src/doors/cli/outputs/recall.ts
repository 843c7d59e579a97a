import { z } from 'zod';

import { recallBases } from '../../../domain/recalls/recall-basis.ts';
import type { Recalled } from '../../../exchange/recall/recall-handoff.ts';
import type { RecallStanding } from '../../../exchange/recall/recall-standing.ts';
import { issuerSchema, modeSchema, sha256Schema } from './common.ts';

/** `handoff recall --json`. With `dryRun` nothing was stored: files and digests are absent. */
export const recallFilesSchema = z.strictObject({
  handoff: z.string(),
  incident: z.string(),
  mode: modeSchema,
  dryRun: z.boolean(),
  basis: z.enum(recallBases),
  cards: z.int(),
  files: z.array(
    z.strictObject({
      /** The batch of cards, of how many it is, and how many of them are recalled. */
      recalled: z.string(),
      recipient: z.string(),
      of: z.int(),
      cards: z.int(),
      issuers: z.array(issuerSchema),
      batch: z.string().optional(),
      file: z.string().optional(),
      bytes: z.int().optional(),
      sha256: sha256Schema.optional(),
    }),
  ),
  planSha256: sha256Schema.optional(),
  reviewSha256: sha256Schema.optional(),
});

export function recallDocument(recall: Recalled): z.infer<typeof recallFilesSchema> {
  const { handoff, incident, mode, basis, files, made } = recall;
  return {
    ...{ handoff, incident: incident.id, mode, dryRun: made === undefined, basis },
    cards: files.reduce((sum, { chosen }) => sum + chosen.cards, 0),
    files: files.map(({ chosen: { batch, cards }, issuers }, at) => ({
      ...{ recalled: batch.id, recipient: batch.recipient, of: batch.cards, cards },
      issuers: issuers.map(({ issuer, brand, country, cards: own }) => {
        return { issuer, brand, country, cards: own };
      }),
      ...(made === undefined ? {} : made.sealed[at]),
    })),
    ...(made === undefined ? {} : { planSha256: made.planSha256, reviewSha256: made.reviewSha256 }),
  };
}

/** Where a recall of cards of a batch stands. */
export const recallStandingSchema = z.strictObject({
  recalled: z.string(),
  recipient: z.string(),
  cards: z.int(),
  handoff: z.string(),
  batch: z.string(),
  state: z.string(),
  accepted: z.int(),
  returned: z.int(),
});

export function recalledOf(standings: readonly RecallStanding[] = []): {
  recalled?: z.infer<typeof recallStandingSchema>[];
} {
  if (standings.length === 0) return {};
  return {
    recalled: standings.map(
      ({ recalled, recipient, cards, handoff, batch, state, accepted, returned }) => {
        return { recalled, recipient, cards, handoff, batch, state, accepted, returned };
      },
    ),
  };
}
