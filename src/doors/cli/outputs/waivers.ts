import { z } from 'zod';

import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { waiverStates } from '../../../domain/readiness/statements.ts';
import { exceptionKinds, sumExceptions } from '../../../domain/waivers/waiver-exceptions.ts';
import { feeBearers, reissuedTerms } from '../../../domain/waivers/waiver-terms.ts';
import type { WaiverReport, WaiverRow } from '../../../exchange/waivers/waiver-report.ts';
import { instantSchema, sha256Schema } from './common.ts';

const rowSchema = z.strictObject({
  recipient: z.string(),
  /** '' when the issuer table does not know it. */
  issuer: z.string(),
  /** On lists: a card on two of them counts twice. */
  cards: z.int(),
  /** Both left out once the incident was purged; together they are `cards`. */
  withoutException: z.int().optional(),
  exceptions: z.record(z.enum(exceptionKinds), z.int()).optional(),
  state: z.enum(waiverStates),
  /** Whether it was told of this card company alone, or of all behind the recipient; left out where nothing was told. */
  from: z.enum(['issuer', 'recipient']).optional(),
  waitingSince: instantSchema.optional(),
  waitingDays: z.int().optional(),
  /** What was not named is left out: no amount is ever assumed. */
  feeBy: z.enum(feeBearers).optional(),
  unitPrice: z.int().optional(),
  cap: z.int().optional(),
  currency: z.string().optional(),
  reissued: z.enum(reissuedTerms).optional(),
  validFrom: z.iso.date().optional(),
  validUntil: z.iso.date().optional(),
  terms: z.string().optional(),
  condition: z.string().optional(),
  invoice: z.string().optional(),
  /** On what it rests. */
  source: z
    .strictObject({
      /** `list`: the file of `batch` asked, and was there `at`. */
      kind: z.enum(['persons-word', 'list']),
      batch: z.string().optional(),
      by: z.string().optional(),
      channel: z.enum(wordChannels).optional(),
      at: instantSchema,
      officer: z.string(),
      evidence: sha256Schema.optional(),
    })
    .optional(),
});

/** `waiver request|record|except|show|report --json`; `file` of `report`. */
export const waiversSchema = z.strictObject({
  incident: z.string(),
  at: instantSchema,
  waivers: z.array(rowSchema),
  /** Of `except`: cards that were named, and those of which something else was said before. */
  recorded: z.strictObject({ cards: z.int(), changed: z.int() }).optional(),
  file: z.strictObject({ path: z.string(), sha256: sha256Schema, bytes: z.int() }).optional(),
});

export function waiversDocument({
  incident,
  at,
  rows,
}: WaiverReport): z.infer<typeof waiversSchema> {
  return { incident: incident.id, at: at.toISOString(), waivers: rows.map(rowOf) };
}

function rowOf(row: WaiverRow): z.infer<typeof rowSchema> {
  const { recipient, issuer, cards, exceptions, state, statement } = row;
  const { waitingSince, waitingDays } = row;
  const { from: validFrom, until: validUntil, ...waiver } = statement?.waiver ?? {};
  const { terms, condition, invoice, party } = statement ?? {};
  return {
    ...{ recipient, issuer, cards, state },
    ...(exceptions && { withoutException: cards - sumExceptions(exceptions), exceptions }),
    ...(party === undefined || party.kind === 'desk' ? {} : { from: party.kind }),
    ...(waitingSince === undefined ? {} : { waitingSince: waitingSince.toISOString() }),
    ...(waitingDays === undefined ? {} : { waitingDays }),
    ...waiver,
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(terms === undefined ? {} : { terms }),
    ...(condition === undefined ? {} : { condition }),
    ...(invoice === undefined ? {} : { invoice }),
    ...sourceOf(row),
  };
}

function sourceOf({ statement }: WaiverRow): Pick<z.infer<typeof rowSchema>, 'source'> {
  if (statement === undefined) return {};
  const { by, channel, saidAt, officer, evidence, batch } = statement;
  return {
    source: {
      kind: batch === undefined ? 'persons-word' : 'list',
      ...(batch === undefined ? {} : { batch }),
      ...(by === undefined ? {} : { by }),
      ...(channel === undefined ? {} : { channel }),
      ...{ at: saidAt.toISOString(), officer },
      ...(evidence === undefined ? {} : { evidence: evidence.sha256 }),
    },
  };
}
