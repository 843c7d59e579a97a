import { z } from 'zod';

import { cardAnswerStates, returnReasons } from '../../../domain/responses/card-answer-states.ts';
import { answerParts } from '../../../domain/responses/paired-answers.ts';
import type { AnsweredCards } from '../../../exchange/responses/answered-cards.ts';
import type { CardAnswerRow, RefusedAnswer } from '../../../exchange/responses/card-answers.ts';
import type { ImportedCardAnswer } from '../../../exchange/responses/import-card-answer.ts';
import type { SettledCardAnswer } from '../../../exchange/responses/settle-card-answer.ts';
import type { ShownCardAnswer } from '../../../exchange/responses/show-card-answer.ts';
import { instantSchema, sha256Schema } from './common.ts';

const countsFields = {
  cards: z.int(),
  accepted: z.int(),
  monitoring: z.int(),
  returned: z.int(),
  unanswered: z.int(),
  /** Returned ones by reason. */
  reasons: z.record(z.string(), z.int()),
};

const openFields = { unanswered: z.int(), returned: z.int(), refused: z.int() };

/** How far a batch of cards is answered. */
export const answeredCardsSchema = z.strictObject({
  batch: z.string(),
  recipient: z.string(),
  ...countsFields,
  answers: z.int(),
  /** Whether every answer was signed by the recipient. */
  signed: z.boolean(),
  /** What nobody has settled yet. */
  open: z.strictObject(openFields),
  /** The latest; `reason` is missing once it was purged. */
  settled: z
    .strictObject({
      ...openFields,
      officer: z.string(),
      at: instantSchema,
      reason: z.string().optional(),
    })
    .optional(),
  /** By the recipient's service terms. */
  dueAt: instantSchema.optional(),
  overdue: z.boolean(),
  /** Which of two files is here without the other one. */
  unpaired: z.enum(answerParts).optional(),
});

export function answeredCardsOf(answered: AnsweredCards): z.infer<typeof answeredCardsSchema> {
  const { batch, recipient, cards, accepted, monitoring, returned, unanswered, reasons } = answered;
  const { answers, isSigned: signed, open, isOverdue: overdue, dueAt } = answered;
  return {
    ...{ batch, recipient, cards, accepted, monitoring, returned, unanswered },
    ...{ reasons: { ...reasons }, answers, signed, open: { ...open }, overdue },
    ...settledOf(answered),
    ...(dueAt === undefined ? {} : { dueAt: dueAt.toISOString() }),
    ...(answered.unpaired === undefined ? {} : { unpaired: answered.unpaired }),
  };
}

function settledOf({ settlement }: AnsweredCards): Partial<z.infer<typeof answeredCardsSchema>> {
  if (settlement === undefined) return {};
  const { unanswered, returned, refused, officer, settledAt, reason } = settlement;
  const at = settledAt.toISOString();
  const said = reason === undefined ? {} : { reason };
  return { settled: { unanswered, returned, refused, officer, at, ...said } };
}

/** `response import --json` about cards. */
export const cardImportSchema = z.strictObject({
  handoff: z.string(),
  batch: z.string(),
  signed: z.boolean(),
  format: z.string(),
  /** What it says of the cards that it does not name. */
  rest: z.enum(['accepted', 'monitoring']).optional(),
  named: z.int(),
  changed: z.int(),
  contradicted: z.int(),
  cards: answeredCardsSchema,
});

export function cardImportDocument(imported: ImportedCardAnswer): z.infer<typeof cardImportSchema> {
  const { batch, isSigned, format, said, moves, answered } = imported;
  return {
    ...{ handoff: batch.handoff, batch: batch.id, signed: isSigned, format },
    ...(said.rest === undefined ? {} : { rest: said.rest }),
    ...{ named: said.named, changed: moves.changed, contradicted: moves.contradicted },
    cards: answeredCardsOf(answered),
  };
}

/** `response settle --json` of cards. */
export const cardSettleSchema = z.strictObject({ handoff: z.string(), cards: answeredCardsSchema });

export function cardSettleDocument({
  batch,
  answered,
}: SettledCardAnswer): z.infer<typeof cardSettleSchema> {
  return { handoff: batch.handoff, cards: answeredCardsOf(answered) };
}

/** An answer about cards that was taken in. */
export const cardAnswerRowSchema = z.strictObject({
  incident: z.string(),
  handoff: z.string(),
  batch: z.string(),
  recipient: z.string(),
  format: z.string(),
  importedAt: instantSchema,
  officer: z.string(),
  answeredBy: z.string().optional(),
  /** The certificate that signed it, and when; left out for one that came in clear. */
  fingerprint: z.string().optional(),
  signedAt: instantSchema.optional(),
  sha256: sha256Schema,
  bytes: z.int(),
  rest: z.enum(['accepted', 'monitoring']).optional(),
  /** Which of two files it is. */
  part: z.enum(answerParts).optional(),
  /** Their running number of it; and of our file that they expected next. */
  sequence: z.int().optional(),
  nextExpected: z.int().optional(),
  named: z.int(),
  changed: z.int(),
  contradicted: z.int(),
  /** What stood of the batch once it had come. */
  standing: z.strictObject(countsFields),
});

export function cardAnswerRowOf(row: CardAnswerRow): z.infer<typeof cardAnswerRowSchema> {
  const { incident, handoff, batch, recipient, format, officer, sha256, bytes } = row;
  const { named, changed, contradicted, standing, importedAt, signedAt } = row;
  const { answeredBy, fingerprint, rest, part, sequence, nextExpected } = row;
  return {
    ...{ incident, handoff, batch, recipient, format, officer, sha256, bytes },
    importedAt: importedAt.toISOString(),
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(signedAt === undefined ? {} : { signedAt: signedAt.toISOString() }),
    ...(rest === undefined ? {} : { rest }),
    ...(part === undefined ? {} : { part }),
    ...(sequence === undefined ? {} : { sequence }),
    ...(nextExpected === undefined ? {} : { nextExpected }),
    ...{ named, changed, contradicted },
    standing: { ...standing, reasons: { ...standing.reasons } },
  };
}

/** An answer that was refused: why, never what stood in it. */
export const refusedAnswerSchema = z.strictObject({
  batch: z.string(),
  code: z.string(),
  line: z.int().optional(),
  officer: z.string(),
  refusedAt: instantSchema,
  settled: z.boolean(),
});

export function refusedAnswerOf(refused: RefusedAnswer): z.infer<typeof refusedAnswerSchema> {
  const { batch, code, line, officer, refusedAt, isSettled: settled } = refused;
  const at = line === undefined ? {} : { line };
  return { batch, code, ...at, officer, refusedAt: refusedAt.toISOString(), settled };
}

/** `response show --json` of a batch of cards. `named`: at most 1,000 cards, returned ones first, by record reference. */
export const cardAnswerSchema = z.strictObject({
  handoff: z.string(),
  cards: answeredCardsSchema,
  answers: z.array(cardAnswerRowSchema),
  refused: z.array(refusedAnswerSchema),
  named: z.array(
    z.strictObject({
      record: z.int(),
      state: z.enum(cardAnswerStates),
      reason: z.enum(returnReasons).optional(),
    }),
  ),
  /** Cards that are not theirs, and who could be asked instead. */
  routes: z.array(
    z.strictObject({
      brand: z.string(),
      issuer: z.string(),
      cards: z.int(),
      recipients: z.array(z.string()),
    }),
  ),
});

export function cardAnswerDocument(shown: ShownCardAnswer): z.infer<typeof cardAnswerSchema> {
  const { batch, answered, answers, refused, named, routes } = shown;
  return {
    handoff: batch.handoff,
    cards: answeredCardsOf(answered),
    answers: answers.map(cardAnswerRowOf),
    refused: refused.map(refusedAnswerOf),
    named: named.map(({ record, saying }) => ({ record, ...saying })),
    routes: routes.map((route) => ({ ...route, recipients: [...route.recipients] })),
  };
}
