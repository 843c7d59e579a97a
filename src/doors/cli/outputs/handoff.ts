import { accountsOf, accountsSchema } from './accounts.ts';
import { z } from 'zod';

import { stages } from '../../../domain/handoff/stage.ts';
import type { BatchRow, HandoffRow } from '../../../exchange/handoff/handoff-register.ts';
import type { ListedFindings } from '../../../exchange/handoff/list-findings.ts';
import type { ShownHandoff } from '../../../exchange/handoff/show-handoff.ts';
import { recallOf, recallSchema } from './amendment.ts';
import {
  batchOf,
  batchSchema,
  counts,
  emergencyOf,
  emergencySchema,
  instantSchema,
  removedOf,
  removedSourcesSchema,
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
import { isWorthSaying } from '../../../exchange/responses/answered-cards.ts';
import { answeredCardsOf, answeredCardsSchema } from './card-answers.ts';
import { recalledOf, recallStandingSchema } from './recall.ts';
import { awaitedOf, awaitedSchema } from './responses.ts';

const headSchema = z.strictObject({
  handoff: z.string(),
  incident: z.string(),
  mode: modeSchema,
  /** Missing for a handoff of an earlier version. */
  stage: z.enum(stages).optional(),
  /** No list, but a recall of cards of earlier ones; else left out. */
  recall: z.literal(true).optional(),
  state: z.enum(['undecided', 'decided', 'nothing-to-send']),
  outcome: z.enum(['approve', 'decline', 'cancel']).optional(),
  requester: z.string(),
  requestSigned: z.boolean(),
  preparedAt: instantSchema,
  planSha256: sha256Schema.optional(),
  reviewSha256: sha256Schema.optional(),
  emergency: emergencySchema.optional(),
});

function headOf(row: HandoffRow): z.infer<typeof headSchema> {
  return {
    handoff: row.id,
    incident: row.incident,
    mode: row.mode,
    ...(row.report?.stage === undefined ? {} : { stage: row.report.stage }),
    ...(row.report?.isRecall === true ? { recall: true } : {}),
    // A handoff that is being prepared is not visible to any command.
    state: row.state === 'preparing' ? 'undecided' : row.state,
    ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
    requester: row.requester,
    requestSigned: row.planSignature !== undefined,
    preparedAt: row.preparedAt.toISOString(),
    ...(row.planSha256 === undefined ? {} : { planSha256: row.planSha256 }),
    ...(row.reviewSha256 === undefined ? {} : { reviewSha256: row.reviewSha256 }),
    ...(row.emergency === undefined ? {} : { emergency: emergencyOf(row.emergency) }),
  };
}

/** `handoff list --json`. */
export const handoffsSchema = z.strictObject({
  handoffs: z.array(
    headSchema.extend({
      batches: z.array(
        z.strictObject({
          batch: z.string(),
          recipient: z.string(),
          cards: z.int(),
          state: z.string(),
        }),
      ),
    }),
  ),
});

export function handoffsDocument(
  all: readonly { readonly row: HandoffRow; readonly batches: readonly BatchRow[] }[],
): z.infer<typeof handoffsSchema> {
  return {
    handoffs: all.map(({ row, batches }) => ({
      ...headOf(row),
      batches: batches.map(({ id, recipient, cards, state }) => ({
        batch: id,
        recipient,
        cards,
        state,
      })),
    })),
  };
}

/** `handoff show --json`. */
export const handoffSchema = headSchema.extend({
  /** What `cards` counts, here and in batches, where it is not cards. */
  subject: subjectSchema,
  read: z.int(),
  cards: z.int(),
  excluded: counts,
  held: counts,
  warnings: counts,
  merchants: merchantsSchema,
  expiresAt: instantSchema.optional(),
  approvalsRequired: z.int().optional(),
  decisions: z.array(
    z.strictObject({
      officer: z.string(),
      decision: z.enum(['approve', 'decline']),
      fingerprint: z.string(),
      at: instantSchema,
    }),
  ),
  oneAccount: accountsSchema,
  batches: z.array(batchSchema),
  words: z.array(wordSchema),
  uncovered: z.array(z.strictObject({ batch: z.string(), recipient: z.string(), cards: z.int() })),
  recalls: z.array(recallSchema),
  /** Recall files of this handoff, and those about cards of it; left out without any. */
  recalled: z.array(recallStandingSchema).optional(),
  repeats: z.array(repeatSchema).optional(),
  /** Batches that are to be fetched by the pickup term of their recipient; left out without any. */
  pickups: z
    .array(
      z.strictObject({
        batch: z.string(),
        recipient: z.string(),
        dueAt: instantSchema,
        overdue: z.boolean(),
      }),
    )
    .optional(),
  /** Only of a handoff of references. */
  answered: z.array(awaitedSchema).optional(),
  /** Of batches of cards; left out where nothing is known or waited for. */
  answeredCards: z.array(answeredCardsSchema).optional(),
  removedSources: removedSourcesSchema,
});

export function handoffDocument(shown: ShownHandoff): z.infer<typeof handoffSchema> {
  const { row, plan, batches, decisions, uncovered } = shown;
  return {
    ...headOf(row),
    ...(row.report?.subject === undefined ? {} : { subject: row.report.subject }),
    read: row.report?.read ?? 0,
    cards: row.report?.cards ?? 0,
    excluded: { ...row.report?.excluded },
    held: { ...row.report?.held },
    warnings: { ...row.report?.warnings },
    ...merchantsOf(row.report?.merchants),
    ...(plan === undefined
      ? {}
      : { expiresAt: plan.expiresAt, approvalsRequired: plan.approvalsRequired }),
    decisions: decisions.map(({ officer, decision, fingerprint, decidedAt }) => ({
      officer,
      decision,
      fingerprint,
      at: decidedAt.toISOString(),
    })),
    ...accountsOf(shown.accounts),
    batches: batches.map(batchOf),
    words: shown.words.map(wordOf),
    uncovered: uncovered.map(({ batch, recipient, cards }) => ({ batch, recipient, cards })),
    recalls: (shown.recalls ?? []).map(recallOf),
    ...recalledOf(shown.recalled),
    ...repeatsOf(plan?.repeats),
    ...pickupsOf(shown),
    ...answersOf(shown),
    removedSources: removedOf(shown.sources),
  };
}

function pickupsOf({ pickups = [] }: ShownHandoff): Pick<z.infer<typeof handoffSchema>, 'pickups'> {
  if (pickups.length === 0) return {};
  return {
    pickups: pickups.map(({ batch: { id, recipient }, dueAt, isOverdue }) => ({
      ...{ batch: id, recipient, dueAt: dueAt.toISOString(), overdue: isOverdue },
    })),
  };
}

function answersOf({ answered = [], answeredCards = [] }: ShownHandoff): {
  answered?: ReturnType<typeof awaitedOf>[];
  answeredCards?: ReturnType<typeof answeredCardsOf>[];
} {
  const ofCards = answeredCards.filter(isWorthSaying).map(answeredCardsOf);
  return {
    ...(answered.length === 0 ? {} : { answered: answered.map(awaitedOf) }),
    ...(ofCards.length === 0 ? {} : { answeredCards: ofCards }),
  };
}

/** `handoff review --json`: the document whose digest an approval names, with that digest. */
export const reviewSchema = z.strictObject({
  handoff: z.string(),
  planSha256: sha256Schema.optional(),
  reviewSha256: sha256Schema.optional(),
  review: z.record(z.string(), z.unknown()).optional(),
  emergency: emergencySchema.optional(),
});

export function reviewDocument(shown: ShownHandoff): z.infer<typeof reviewSchema> {
  const { row, review } = shown;
  return {
    handoff: row.id,
    ...(row.planSha256 === undefined ? {} : { planSha256: row.planSha256 }),
    ...(row.reviewSha256 === undefined ? {} : { reviewSha256: row.reviewSha256 }),
    ...(review === undefined ? {} : { review: { ...review } }),
    ...(row.emergency === undefined ? {} : { emergency: emergencyOf(row.emergency) }),
  };
}

/** `handoff findings --json` and `handoff held --json`. `source` counts from 1, as the sources are listed. */
export const findingsSchema = z.strictObject({
  handoff: z.string(),
  only: z.string().optional(),
  merchant: z.string().optional(),
  sources: z.array(z.strictObject({ source: z.int(), name: z.string(), kind: z.string() })),
  findings: z.array(
    z.strictObject({
      source: z.int(),
      line: z.int(),
      reason: z.string(),
      kind: z.enum(['excluded', 'held']),
      /** '' for a merchant that is none of the incident; left out where the incident lists none. */
      merchant: z.string().optional(),
    }),
  ),
});

export function findingsDocument(found: ListedFindings): z.infer<typeof findingsSchema> {
  return {
    handoff: found.row.id,
    ...(found.only === undefined ? {} : { only: found.only }),
    ...(found.merchant === undefined ? {} : { merchant: found.merchant }),
    sources: found.sources.map(({ number, name, kind }) => ({ source: number + 1, name, kind })),
    findings: found.findings.map(({ source, line, reason, kind, merchant }) => ({
      source: source + 1,
      line,
      reason,
      kind,
      ...(merchant === undefined ? {} : { merchant }),
    })),
  };
}
