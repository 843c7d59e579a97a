import { z } from 'zod';

import type { AnswerFormatId } from './answer-format-ids.ts';
import { returnReasons } from './card-answer-states.ts';

const textSchema = z.string().max(64);

/** A cell of the header. `free`: whatever stands there. */
const headCell = z.union([
  z.strictObject({ literal: textSchema }),
  z.strictObject({ field: z.enum(['handoff', 'batch', 'mode', 'rest', 'free']) }),
]);
/** A cell of a record: the record reference as we gave it, the code of what is said, or whatever stands there. */
const lineCell = z.union([
  z.strictObject({ literal: textSchema }),
  z.strictObject({ field: z.enum(['record', 'code', 'free']) }),
]);
/** A cell of the last line: `count` is the number of records. */
const trailerCell = z.union([
  z.strictObject({ literal: textSchema }),
  z.strictObject({ field: z.enum(['count', 'free']) }),
]);

const sayingSchema = z.union([
  z.strictObject({ state: z.enum(['accepted', 'monitoring']) }),
  z.strictObject({ state: z.literal('returned'), reason: z.enum(returnReasons) }),
]);

/** How a recipient writes an answer about a batch of cards: lines and cells as data, and its codes in our words. */
export const answerFormatSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  title: z.string().max(200),
  provenance: z.string().max(400),
  header: z.array(headCell).min(1).max(16),
  line: z.array(lineCell).min(2).max(16),
  trailer: z.array(trailerCell).min(1).max(16),
  /** What each code says of the card. */
  codes: z.record(textSchema, sayingSchema),
  /**
   * What an answer says of cards that it does not name: what the header's cell `rest` says, by these words; or always
   * the same.
   */
  rest: z.union([
    z.strictObject({ words: z.record(textSchema, z.enum(['accepted', 'monitoring', 'none'])) }),
    z.strictObject({ always: z.enum(['accepted', 'monitoring', 'none']) }),
  ]),
});

export type AnswerFormat = z.output<typeof answerFormatSchema>;

const inputs: Readonly<Record<AnswerFormatId, Omit<z.input<typeof answerFormatSchema>, 'id'>>> = {
  'card-answer': {
    title: 'Ours: what holds for all cards in the header, and a record for each that is otherwise',
    provenance: 'A layout of ours; docs/formats/card-answer.md.',
    header: [
      { literal: 'H' },
      { literal: 'mimamori-card-answer' },
      { literal: '1' },
      { field: 'handoff' },
      { field: 'batch' },
      { field: 'rest' },
    ],
    line: [{ literal: 'D' }, { field: 'record' }, { field: 'code' }],
    trailer: [{ literal: 'T' }, { field: 'count' }],
    codes: {
      accepted: { state: 'accepted' },
      monitoring: { state: 'monitoring' },
      'not-our-card': { state: 'returned', reason: 'not-our-card' },
      'closed-account': { state: 'returned', reason: 'closed-account' },
      'unknown-card': { state: 'returned', reason: 'unknown-card' },
      'wrong-number': { state: 'returned', reason: 'wrong-number' },
      other: { state: 'returned', reason: 'other' },
    },
    rest: { words: { accepted: 'accepted', monitoring: 'monitoring', none: 'none' } },
  },
  'line-codes': {
    title: 'Header, then a record with a code for each card that was not taken, then a count',
    provenance:
      'A layout of ours after common acknowledgement files; to be confirmed with the recipient before the first live batch.',
    header: [
      { literal: 'H' },
      { field: 'mode' },
      { field: 'handoff' },
      { field: 'batch' },
      { field: 'free' },
    ],
    line: [{ literal: 'R' }, { field: 'record' }, { field: 'code' }, { field: 'free' }],
    trailer: [{ literal: 'N' }, { field: 'count' }],
    codes: {
      '00': { state: 'accepted' },
      '10': { state: 'monitoring' },
      '20': { state: 'returned', reason: 'not-our-card' },
      '21': { state: 'returned', reason: 'closed-account' },
      '22': { state: 'returned', reason: 'unknown-card' },
      '23': { state: 'returned', reason: 'wrong-number' },
      '29': { state: 'returned', reason: 'other' },
    },
    rest: { always: 'accepted' },
  },
};

export function answerFormat(id: AnswerFormatId): AnswerFormat {
  return answerFormatSchema.parse({ id, ...inputs[id] });
}
