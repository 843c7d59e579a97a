import { z } from 'zod';

import { recipientSchema as entrySchema } from '../../../domain/recipients/recipient.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';
import type { RecipientStanding } from '../../../exchange/recipients/recipient-standing.ts';
import type { RecipientTestRow } from '../../../exchange/recipients/recipient-tests.ts';
import type { SentTest } from '../../../exchange/recipients/send-recipient-test.ts';
import { instantSchema, sha256Schema } from './common.ts';

/** `recipient add|update|disable --json`: the entry as the configuration file has it. */
export const recipientSchema = z.strictObject({ recipient: entrySchema });

export function recipientDocument(recipient: Recipient): z.infer<typeof recipientSchema> {
  return { recipient };
}

/** `recipient list --json`. */
export const recipientsSchema = z.strictObject({ recipients: z.array(entrySchema) });

export function recipientsDocument(
  recipients: readonly Recipient[],
): z.infer<typeof recipientsSchema> {
  return { recipients: [...recipients] };
}

const testFileSchema = z.strictObject({
  test: z.string(),
  recipient: z.string(),
  file: z.string(),
  bytes: z.int(),
  sha256: sha256Schema,
  fingerprint: z.string(),
  profile: z.string(),
  /** SHA-256 over certificate, profile and endpoint: what the test counts for. */
  combination: sha256Schema,
  madeAt: instantSchema,
});

/** `recipient test --json`. Nothing of what the file holds. `code`: why it did not arrive. */
export const sentTestSchema = testFileSchema.extend({
  state: z.string(),
  hasArrived: z.boolean(),
  code: z.string().optional(),
});

export function sentTestDocument({
  test,
  report,
  hasArrived,
}: SentTest): z.infer<typeof sentTestSchema> {
  const { state, fault } = report;
  return {
    ...testFileOf(test),
    ...{ state, hasArrived },
    ...(hasArrived || fault === undefined ? {} : { code: fault.code }),
  };
}

/** `recipient confirm --json`. */
export const testSchema = testFileSchema.extend({
  state: z.string(),
  by: z.string().optional(),
  phone: z.string().optional(),
  spokenAt: instantSchema.optional(),
  /** Answered by file: machine evidence, in place of what a person said. */
  answerFile: z
    .strictObject({ kind: z.literal('signed-file'), sha256: sha256Schema, takenAt: instantSchema })
    .optional(),
});

export function testDocument(test: RecipientTestRow): z.infer<typeof testSchema> {
  const { state, answer, signed } = test;
  return {
    ...testFileOf(test),
    state,
    ...(answer && { by: answer.by, phone: answer.phone, spokenAt: answer.spokenAt.toISOString() }),
    ...(signed && {
      answerFile: {
        kind: 'signed-file',
        sha256: signed.sha256,
        takenAt: signed.takenAt.toISOString(),
      },
    }),
  };
}

function testFileOf(test: SentTest['test']): z.infer<typeof testFileSchema> {
  const { id, recipient, file, bytes, sha256, fingerprint, profile, combination, madeAt } = test;
  return {
    ...{ test: id, recipient, file, bytes, sha256, fingerprint, profile, combination },
    madeAt: madeAt.toISOString(),
  };
}

/** `recipient show --json`: with its test, if there was one. Only a tested recipient takes live files. */
export const shownRecipientSchema = z.strictObject({
  recipient: entrySchema,
  isTested: z.boolean(),
  test: testSchema.optional(),
});

export function shownRecipientDocument(
  recipient: Recipient,
  { isTested, test }: RecipientStanding,
): z.infer<typeof shownRecipientSchema> {
  return { recipient, isTested, ...(test === undefined ? {} : { test: testDocument(test) }) };
}
