import { accountsOf, accountsSchema } from './accounts.ts';
import { z } from 'zod';

import { evidenceKinds } from '../../../exchange/handoff/summarise-handoff.ts';
import { stageOf } from '../../../exchange/handoff/show-handoff.ts';
import type { HandoffSummary } from '../../../exchange/handoff/summarise-handoff.ts';
import { counts, emergencyOf, emergencySchema, instantSchema } from './common.ts';
import {
  merchantsOf,
  merchantsSchema,
  modeSchema,
  repeatSchema,
  repeatsOf,
  sha256Schema,
  subjectSchema,
  wordOf,
  wordSchema,
} from './common.ts';
import { removedOf, removedSourcesSchema } from './common.ts';

const countedSchema = z.strictObject({ brand: z.string(), cards: z.int() });

/** `handoff summary --json`. `records` are report rows; `cards` are distinct cards of this handoff. */
export const summarySchema = z.strictObject({
  handoff: z.string(),
  incident: z.string(),
  stage: z.string().optional(),
  mode: modeSchema,
  timeZone: z.string(),
  requester: z.string(),
  preparedAt: instantSchema,
  outcome: z.enum(['approve', 'decline', 'cancel']).optional(),
  planSha256: sha256Schema.optional(),
  emergency: emergencySchema.optional(),
  /** What `cards` counts, where it is not cards. */
  subject: subjectSchema,
  records: z.int(),
  orders: z.int(),
  references: z.int(),
  cards: z.int(),
  excluded: counts,
  held: counts,
  /** Of cards that were sent all the same. */
  warnings: counts,
  merchants: merchantsSchema,
  repeats: z.array(repeatSchema).optional(),
  brands: z.array(countedSchema),
  issuers: z.array(countedSchema.extend({ issuer: z.string() })),
  decisions: z.array(
    z.strictObject({
      officer: z.string(),
      decision: z.enum(['approve', 'decline']),
      at: instantSchema,
    }),
  ),
  oneAccount: accountsSchema,
  batches: z.array(
    z.strictObject({
      batch: z.string(),
      recipient: z.string(),
      cards: z.int(),
      state: z.string(),
      evidenceKind: z.enum(evidenceKinds),
      sha256: sha256Schema,
      remoteName: z.string().optional(),
      sequence: z.int().optional(),
      at: instantSchema,
      words: z.array(wordSchema),
    }),
  ),
  removedSources: removedSourcesSchema,
});

export function summaryDocument(summary: HandoffSummary): z.infer<typeof summarySchema> {
  const { shown, brands, issuers, batches } = summary;
  const { row, incident, decisions } = shown;
  const { report, outcome, planSha256 } = row;
  const stage = stageOf(shown);
  return {
    ...{ handoff: row.id, incident: row.incident, mode: row.mode, timeZone: incident.time_zone },
    ...(stage === undefined ? {} : { stage }),
    ...{ requester: row.requester, preparedAt: row.preparedAt.toISOString() },
    ...(outcome === undefined ? {} : { outcome }),
    ...(planSha256 === undefined ? {} : { planSha256 }),
    ...(row.emergency === undefined ? {} : { emergency: emergencyOf(row.emergency) }),
    ...(report?.subject === undefined ? {} : { subject: report.subject }),
    records: report?.read ?? 0,
    orders: report?.orders ?? 0,
    references: report?.references ?? 0,
    cards: report?.cards ?? 0,
    excluded: { ...report?.excluded },
    held: { ...report?.held },
    warnings: { ...report?.warnings },
    ...merchantsOf(report?.merchants),
    ...repeatsOf(shown.plan?.repeats),
    brands: brands.map((counted) => ({ ...counted })),
    issuers: issuers.map((counted) => ({ ...counted })),
    decisions: decisions.map(({ officer, decision, decidedAt }) => ({
      ...{ officer, decision, at: decidedAt.toISOString() },
    })),
    ...accountsOf(shown.accounts),
    batches: batches.map(({ batch, evidence, words }) => ({
      ...{ batch: batch.id, recipient: batch.recipient, cards: batch.cards, state: batch.state },
      ...{ evidenceKind: evidence, sha256: batch.sha256, at: batch.changedAt.toISOString() },
      ...(batch.remoteName === undefined ? {} : { remoteName: batch.remoteName }),
      ...(batch.sequence === undefined ? {} : { sequence: batch.sequence }),
      words: words.map(wordOf),
    })),
    removedSources: removedOf(shown.sources),
  };
}
