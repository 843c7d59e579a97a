import { z } from 'zod';

import { returnReasons } from './card-answer-states.ts';
import { answerParts } from './paired-answers.ts';
import { formatProblems } from './answer-format-problems.ts';

const textSchema = z.string().max(64);
const place = {
  /** Bytes, in fixed records. */
  width: z.int().min(1).max(256).optional(),
  /** Of the member, in JSON. */
  name: z
    .string()
    .regex(/^[a-z][A-Za-z0-9_]{0,39}$/)
    .optional(),
};

/**
 * What a cell of the header or of a record behind the lines says. `count`: how many lines there are. `cards`: how many
 * cards they received. `file_name`, `file_digest`: of the file that is answered. `part`: which of
 * two files it is. `nonce`: what stands in the file that is answered and nowhere else. `sequence`: their running number of this answer. `next_expected`, `last_received`: the running number of
 * our next file, or of our last one that they have. `free`: whatever stands there.
 */
const sheetFields = [
  ...(['handoff', 'batch', 'file_name', 'file_digest', 'mode'] as const),
  ...(['rest', 'count', 'cards', 'part', 'nonce', 'free'] as const),
  ...(['sequence', 'next_expected', 'last_received'] as const),
] as const;

const literalCell = z.strictObject({ literal: textSchema, ...place });
const sheetCells = z
  .array(z.union([literalCell, z.strictObject({ field: z.enum(sheetFields), ...place })]))
  .min(1)
  .max(16);
/** Of one card: the record reference as we gave it, the code of what is said, or whatever stands there. */
const lineCells = z
  .array(
    z.union([literalCell, z.strictObject({ field: z.enum(['record', 'code', 'free']), ...place })]),
  )
  .min(2)
  .max(16);

const sayingSchema = z.union([
  z.strictObject({ state: z.enum(['accepted', 'monitoring']) }),
  z.strictObject({ state: z.literal('returned'), reason: z.enum(returnReasons) }),
]);

const restSchema = z.enum(['accepted', 'monitoring', 'none']);

/**
 * How a recipient writes an answer about a batch of cards: records and cells as data, and its codes in our words.
 * docs/formats/card-answer.md describes every key.
 */
export const answerFormatSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
    title: z.string().min(1).max(200),
    /** Where the layout comes from and who has to confirm it. */
    provenance: z.string().min(1).max(400),
    shape: z.enum(['delimited', 'fixed', 'json']).default('delimited'),
    delimiter: z
      .string()
      .regex(/^[,;|\t]$/)
      .default(','),
    /** Behind each fixed record. */
    newline: z.enum(['crlf', 'lf', 'none']).default('crlf'),
    /** The member that holds the list of cards, in JSON. */
    list: place.name,
    header: sheetCells,
    /** One for each card that is named; an answer without is about the file as a whole. */
    line: lineCells.optional(),
    /** Records behind the lines, in order. */
    trailer: z.array(sheetCells).max(4).default([]),
    /** What each code says of the card. */
    codes: z.record(textSchema, sayingSchema).default({}),
    /**
     * What an answer says of cards that it does not name: what the cell `rest` says, by these words; or always the same.
     */
    rest: z.union([
      z.strictObject({ words: z.record(textSchema, restSchema) }),
      z.strictObject({ always: restSchema }),
    ]),
    /** What the cell `part` says, where an answer is two files: every card, and once more those that came back. */
    parts: z.record(textSchema, z.enum(answerParts)).optional(),
  })
  .superRefine((format, context) => {
    for (const { path, message } of formatProblems(format)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

export type AnswerFormat = z.output<typeof answerFormatSchema>;
export type AnswerFormatInput = z.input<typeof answerFormatSchema>;

/** A cell, whatever it is of. */
export type AnswerCell = AnswerFormat['header'][number] | NonNullable<AnswerFormat['line']>[number];
