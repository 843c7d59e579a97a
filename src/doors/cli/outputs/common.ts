import { z } from 'zod';

import { deliveryStates } from '../../../domain/handoff/delivery-states.ts';
import { wordChannels, wordRungs } from '../../../domain/handoff/persons-word.ts';
import type { MerchantTally } from '../../../domain/intake/merchant-book.ts';
import { listKinds } from '../../../domain/recipients/recipient.ts';
import type { Emergency } from '../../../exchange/delivery/emergencies.ts';
import type { BatchRow, SourceRow } from '../../../exchange/handoff/handoff-register.ts';
import type { PersonsWord } from '../../../exchange/delivery/word-register.ts';

export const modeSchema = z.enum(['drill', 'live']);
/** What is handed over; absent: cards. */
export const subjectSchema = z.literal('references').optional();
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** RFC 3339, UTC. */
export const instantSchema = z.iso.datetime();
/** How many of each reason; what did not occur is left out. */
export const counts = z.record(z.string(), z.int());

/** What the records of one merchant came to; `merchant` is '' for records of none. */
const merchantSchema = z.strictObject({
  merchant: z.string(),
  read: z.int(),
  cards: z.int(),
  references: z.int(),
  excluded: counts,
  held: counts,
});

/** For an incident that lists its merchants: each of them, in its order. `read` = `cards` + all `excluded` + all `held`. */
export const merchantsSchema = z.array(merchantSchema).optional();

/** A member `merchants`, or none. */
export function merchantsOf(merchants: readonly MerchantTally[] | undefined): {
  merchants?: z.infer<typeof merchantSchema>[];
} {
  if (merchants === undefined) return {};
  return {
    merchants: merchants.map((one) => ({
      ...one,
      excluded: { ...one.excluded },
      held: { ...one.held },
    })),
  };
}

export const issuerSchema = z.strictObject({
  issuer: z.string(),
  brand: z.string(),
  country: z.string(),
  cards: z.int(),
});

/** A recipient who is told cards again. `absent`: of a cumulative list alone, cards of earlier lists that it lacks. */
export const repeatSchema = z.strictObject({
  recipient: z.string(),
  lists: z.enum(listKinds),
  cards: z.int(),
  repeated: z.int(),
  absent: z.int().optional(),
});

export function repeatsOf(repeats: readonly z.infer<typeof repeatSchema>[] | undefined): {
  repeats?: z.infer<typeof repeatSchema>[];
} {
  return repeats === undefined ? {} : { repeats: repeats.map((each) => ({ ...each })) };
}

/** A batch as every command shows it. */
export const batchSchema = z.strictObject({
  batch: z.string(),
  handoff: z.string(),
  recipient: z.string(),
  file: z.string(),
  /** At the recipient, where that takes names of its own; from the first delivery on. */
  remoteName: z.string().optional(),
  sequence: z.int().optional(),
  bytes: z.int(),
  sha256: sha256Schema,
  cards: z.int(),
  issuers: z.array(issuerSchema),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  evidence: z.record(z.string(), z.union([z.string(), z.boolean(), z.int()])).optional(),
  fault: z.strictObject({ code: z.string(), retry: z.string() }).optional(),
  changedAt: instantSchema,
  /** By `handoff resolve … --outcome withdrawn`; the reason until it is purged. */
  withdrawn: z.strictObject({ by: z.string(), reason: z.string().optional() }).optional(),
});

export function batchOf(row: BatchRow): z.infer<typeof batchSchema> {
  const { id, handoff, recipient, file, bytes, sha256, cards, state, attempts } = row;
  return {
    batch: id,
    handoff,
    recipient,
    file,
    ...(row.remoteName === undefined ? {} : { remoteName: row.remoteName }),
    ...(row.sequence === undefined ? {} : { sequence: row.sequence }),
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
    ...withdrawnOf(row),
  };
}

function withdrawnOf({ withdrawn }: BatchRow): { withdrawn?: { by: string; reason?: string } } {
  if (withdrawn === undefined) return {};
  const { officer: by, reason } = withdrawn;
  return { withdrawn: { by, ...(reason === undefined ? {} : { reason }) } };
}

/** What a person said of a batch: never mixed with what the machine saw. `by` is missing once it was purged. */
export const wordSchema = z.strictObject({
  batch: z.string(),
  kind: z.literal('persons-word'),
  rung: z.enum(wordRungs),
  channel: z.enum(wordChannels),
  by: z.string().optional(),
  at: instantSchema,
  recordedAt: instantSchema,
  officer: z.string(),
  evidence: z.strictObject({ sha256: sha256Schema, bytes: z.int(), file: z.string() }).optional(),
});

export function wordOf(word: PersonsWord): z.infer<typeof wordSchema> {
  const { batch, rung, channel, by, at, recordedAt, officer, evidence } = word;
  return {
    ...{ batch, kind: 'persons-word', rung, channel },
    ...(by === undefined ? {} : { by }),
    ...{ at: at.toISOString(), recordedAt: recordedAt.toISOString(), officer },
    ...(evidence === undefined ? {} : { evidence: { ...evidence } }),
  };
}

/** A handoff that one person sent. `open` until the second signature, a decline or a withdrawal. */
export const emergencySchema = z.strictObject({
  officer: z.string(),
  declaredAt: instantSchema,
  secondSignatureDue: instantSchema,
  open: z.boolean(),
  overdue: z.boolean(),
  closedAt: instantSchema.optional(),
});

export function emergencyOf(emergency: Emergency): z.infer<typeof emergencySchema> {
  const { officer, declaredAt, dueAt, closedAt, isOverdue } = emergency;
  return {
    officer,
    declaredAt: declaredAt.toISOString(),
    secondSignatureDue: dueAt.toISOString(),
    open: closedAt === undefined,
    overdue: isOverdue,
    ...(closedAt === undefined ? {} : { closedAt: closedAt.toISOString() }),
  };
}

/** Sources that were removed: unlinked, not provably erased. */
export const removedSourcesSchema = z.array(
  z.strictObject({ name: z.string(), sha256: sha256Schema, removedAt: instantSchema }),
);

export function removedOf(sources: readonly SourceRow[]): z.infer<typeof removedSourcesSchema> {
  return sources.flatMap(({ name, sha256, removedAt }) =>
    removedAt === undefined ? [] : [{ name, sha256, removedAt: removedAt.toISOString() }],
  );
}
