import { z } from 'zod';

import type { ListedGaps } from '../../../exchange/responses/number-gaps.ts';
import type { ListedResponses } from '../../../exchange/responses/card-answers.ts';
import type { AnsweredBatch } from '../../../exchange/responses/answered-batches.ts';
import type { AwaitedBatch } from '../../../exchange/responses/awaited-batches.ts';
import type { ImportedResponse } from '../../../exchange/responses/import-response.ts';
import type { ResponseRow } from '../../../exchange/responses/response-register.ts';
import type { SettledResponse } from '../../../exchange/responses/settle-response.ts';
import type { ShownResponse } from '../../../exchange/responses/show-response.ts';
import {
  cardAnswerRowOf,
  cardAnswerRowSchema,
  refusedAnswerOf,
  refusedAnswerSchema,
} from './card-answers.ts';
import { numberGapsOf, numberGapsSchema } from './number-gaps.ts';
import type { ListedArrivals } from '../../../exchange/arrivals/arrival-book.ts';
import {
  quarantinedOf,
  quarantinedSchema,
  refusedArrivalOf,
  refusedArrivalSchema,
} from './arrivals.ts';
import { instantSchema, sha256Schema } from './common.ts';

/** How far a batch of references is answered. */
const answeredSchema = z.strictObject({
  batch: z.string(),
  recipient: z.string(),
  references: z.int(),
  resolved: z.int(),
  notFound: z.int(),
  unanswered: z.int(),
  /** What nobody has settled yet. */
  open: z.strictObject({ unanswered: z.int(), notFound: z.int() }),
  /** The latest; `reason` is missing once it was purged. */
  settled: z
    .strictObject({
      ...{ unanswered: z.int(), notFound: z.int(), officer: z.string(), at: instantSchema },
      reason: z.string().optional(),
    })
    .optional(),
  issuers: z.array(z.strictObject({ brand: z.string(), issuer: z.string(), references: z.int() })),
});

/** The same, with when the rest of the answer is due; absent without terms. */
export const awaitedSchema = answeredSchema.extend({
  dueAt: instantSchema.optional(),
  overdue: z.boolean(),
});

export function awaitedOf(awaited: AwaitedBatch): z.infer<typeof awaitedSchema> {
  const { dueAt, isOverdue: overdue } = awaited;
  const due = dueAt === undefined ? {} : { dueAt: dueAt.toISOString() };
  return { ...answeredOf(awaited), ...due, overdue };
}

function answeredOf(answered: AnsweredBatch): z.infer<typeof answeredSchema> {
  const { batch, recipient, references, resolved, notFound, open, issuers } = answered;
  return {
    ...{ batch, recipient, references, resolved, notFound },
    unanswered: references - resolved - notFound,
    open: { ...open },
    ...settledOf(answered),
    issuers: issuers.map((counted) => ({ ...counted })),
  };
}

function settledOf({ settlement }: AnsweredBatch): Partial<z.infer<typeof answeredSchema>> {
  if (settlement === undefined) return {};
  const { settledAt, reason, ...rest } = settlement;
  const at = settledAt.toISOString();
  return { settled: { ...rest, at, ...(reason === undefined ? {} : { reason }) } };
}

/** `response settle --json`. */
export const responseSettleSchema = z.strictObject({
  handoff: z.string(),
  answered: answeredSchema,
});

export function responseSettleDocument({
  batch,
  answered,
}: SettledResponse): z.infer<typeof responseSettleSchema> {
  return { handoff: batch.handoff, answered: answeredOf(answered) };
}

/** `response import --json`. The counts in front are those of this answer, `answered` is all there is by now. */
export const responseImportSchema = z.strictObject({
  handoff: z.string(),
  batch: z.string(),
  signed: z.boolean(),
  resolved: z.int(),
  notFound: z.int(),
  changed: z.int(),
  differing: z.int(),
  answered: answeredSchema,
});

export function responseImportDocument(
  imported: ImportedResponse,
): z.infer<typeof responseImportSchema> {
  const { batch, matched, isSigned, answered } = imported;
  const { resolved, notFound, changed, differing } = matched;
  return {
    ...{ handoff: batch.handoff, batch: batch.id, signed: isSigned },
    ...{ resolved, notFound, changed, differing },
    answered: answeredOf(answered),
  };
}

const responseRowSchema = z.strictObject({
  incident: z.string(),
  handoff: z.string(),
  batch: z.string(),
  recipient: z.string(),
  importedAt: instantSchema,
  officer: z.string(),
  answeredBy: z.string().optional(),
  /** The certificate that signed it; left out for one that came in clear. */
  fingerprint: z.string().optional(),
  sha256: sha256Schema,
  bytes: z.int(),
  resolved: z.int(),
  notFound: z.int(),
  changed: z.int(),
  differing: z.int(),
});

/** `response list --json`. */
export const responsesSchema = z.strictObject({
  responses: z.array(responseRowSchema),
  /** About cards. */
  cards: z.array(cardAnswerRowSchema),
  refused: z.array(refusedAnswerSchema),
  /** Files that recipients brought and that were put aside, or not taken. */
  quarantined: z.array(quarantinedSchema),
  notTaken: z.array(refusedArrivalSchema),
  /** What running numbers say did not arrive. */
  numberGaps: z.array(numberGapsSchema),
});

function rowOf(row: ResponseRow): z.infer<typeof responseRowSchema> {
  const { incident, handoff, batch, recipient, importedAt, officer, sha256, bytes } = row;
  const { resolved, notFound, changed, differing, answeredBy, fingerprint } = row;
  return {
    ...{ incident, handoff, batch, recipient, importedAt: importedAt.toISOString(), officer },
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...{ sha256, bytes, resolved, notFound, changed, differing },
  };
}

export function responsesDocument({
  ofReferences,
  ofCards,
  refused,
  quarantined,
  notTaken,
  gaps,
}: ListedArrivals & ListedGaps & ListedResponses): z.infer<typeof responsesSchema> {
  return {
    responses: ofReferences.map(rowOf),
    cards: ofCards.map(cardAnswerRowOf),
    refused: refused.map(refusedAnswerOf),
    quarantined: quarantined.map(quarantinedOf),
    notTaken: notTaken.map(refusedArrivalOf),
    numberGaps: gaps.map(numberGapsOf),
  };
}

/** `response show --json`. `missing` names at most 1,000 record references. */
export const responseSchema = z.strictObject({
  handoff: z.string(),
  answered: awaitedSchema,
  notFound: z.array(z.strictObject({ record: z.int(), reason: z.string() })),
  missing: z.array(z.int()),
  responses: z.array(responseRowSchema),
});

export function responseDocument(shown: ShownResponse): z.infer<typeof responseSchema> {
  const { batch, answered, notFound, missing, responses } = shown;
  return {
    handoff: batch.handoff,
    answered: awaitedOf(answered),
    notFound: notFound.map(({ record, reason }) => ({ record, reason })),
    missing: [...missing],
    responses: responses.map(rowOf),
  };
}
