import { z } from 'zod';

import { receiptWays, sourceForms } from '../../../domain/intake/source-receipt.ts';
import { stages } from '../../../domain/handoff/stage.ts';
import { sourceKinds } from '../../../domain/intake/source-kinds.ts';
import type { BatchResult, SourceResult } from '../../../exchange/handoff/card-process.ts';
import type { Check } from '../../../exchange/status/check-workspace.ts';
import type { Prepared } from '../../../exchange/handoff/prepare-handoff.ts';
import {
  counts,
  issuerSchema,
  merchantsOf,
  merchantsSchema,
  modeSchema,
  repeatSchema,
  repeatsOf,
  sha256Schema,
  subjectSchema,
} from './common.ts';

/** `handoff prepare --json`. With `dryRun` nothing was stored: digests are absent, files are not there. */
export const prepareSchema = z.strictObject({
  handoff: z.string(),
  incident: z.string(),
  mode: modeSchema,
  stage: z.enum(stages),
  dryRun: z.boolean(),
  /** What `cards` counts, here and in batches, where it is not cards. */
  subject: subjectSchema,
  read: z.int(),
  cards: z.int(),
  orders: z.int(),
  references: z.int(),
  /** Cards to which a person's name leads; left out where no source maps columns of persons. */
  foundByName: z.int().optional(),
  /** Cards that an officer had recalled one by one before; left out of a dry run, which cannot tell. */
  recalledBefore: z.int().optional(),
  excluded: counts,
  held: counts,
  warnings: counts,
  accepted: counts,
  merchants: merchantsSchema,
  sources: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(sourceKinds),
      bytes: z.int(),
      sha256: sha256Schema,
      records: z.int(),
      encoding: z.string(),
      sender: z.string().optional(),
      form: z.enum(sourceForms),
      received: z.enum(receiptWays).optional(),
      fits: z.string().optional(),
    }),
  ),
  batches: z.array(
    z.strictObject({
      batch: z.string(),
      recipient: z.string(),
      file: z.string(),
      bytes: z.int(),
      sha256: z.string(),
      cards: z.int(),
      /** Its file asks for a waiver of the reissue fee. */
      requestsWaiver: z.literal(true).optional(),
      issuers: z.array(issuerSchema),
    }),
  ),
  /** Missing where nobody is told cards again. */
  repeats: z.array(repeatSchema).optional(),
  /** What speaks against where workspace and sources lie; left out when nothing was seen. */
  places: z.array(z.strictObject({ check: z.string(), path: z.string() })).optional(),
  planSha256: sha256Schema.optional(),
  reviewSha256: sha256Schema.optional(),
});

function batchOf({ issuers, requestsWaiver, ...batch }: BatchResult) {
  const { batch: id, recipient, file, bytes, sha256, cards } = batch;
  return {
    ...{ batch: id, recipient, file, bytes, sha256, cards },
    ...(requestsWaiver && { requestsWaiver }),
    issuers: issuers.map(({ issuer, brand, country, cards: own }) => {
      return { issuer, brand, country, cards: own };
    }),
  };
}

/** Builds the document; the counts are those of the plan. */
export function prepareDocument(
  prepared: Prepared,
  places: readonly Check[] = [],
): z.infer<typeof prepareSchema> {
  const { handoff, incident, mode, stage, result, sources, plan, recalledBefore } = prepared;
  return {
    handoff,
    incident: incident.id,
    ...{ mode, stage },
    dryRun: plan === undefined,
    ...(result.subject === undefined ? {} : { subject: result.subject }),
    read: result.read,
    cards: result.cards,
    orders: result.orders,
    references: result.references,
    ...(result.foundByName === undefined ? {} : { foundByName: result.foundByName }),
    ...(recalledBefore === undefined ? {} : { recalledBefore }),
    ...{ excluded: { ...result.excluded }, held: { ...result.held } },
    warnings: { ...result.warnings },
    accepted: { ...result.accepted },
    ...merchantsOf(result.merchants),
    sources: sources.map(({ number, sender, received, specSha256: _, ...source }) => ({
      ...source,
      ...(sender === undefined ? {} : { sender }),
      ...(received === undefined ? {} : { received }),
      ...fitOf(result.sources[number]),
    })),
    batches: result.batches.map(batchOf),
    ...repeatsOf(result.repeats),
    ...(places.length === 0
      ? {}
      : { places: places.map(({ check, facts }) => ({ check, path: String(facts['path']) })) }),
    ...(plan === undefined ? {} : { planSha256: plan.planSha256, reviewSha256: plan.reviewSha256 }),
  };
}

function fitOf(source: SourceResult | undefined): { fits?: string } {
  return source?.fits === undefined ? {} : { fits: source.fits };
}
