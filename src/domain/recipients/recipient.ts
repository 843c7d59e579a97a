import { z } from 'zod';
import {
  fingerprintField,
  idField,
  stateField,
  textField,
  workspacePathField,
} from '../workspace/text-fields.ts';
import { instantField } from '../workspace/time-fields.ts';
import { answerHoursSchema, openHoursSchema } from './open-hours.ts';
import { hasTerm, hasTwoEnds, termFields, termsSchema } from './agreed-terms.ts';
import { endpointSchema, remoteDirectoryField } from './endpoint.ts';
import { allowField } from './weakness.ts';

/** What a further file of the same incident holds for a recipient: what is new, or the whole list again. */
export const listKinds = ['delta', 'cumulative'] as const;

export type ListKind = (typeof listKinds)[number];

/** Who receives sealed files: certificate, endpoints and format profile. */
export const recipientSchema = z
  .strictObject({
    id: idField,
    name: textField(200).optional(),
    certificate: workspacePathField.describe('Path below the workspace, written by recipient add.'),
    fingerprint: fingerprintField.describe('Of the primary key, confirmed by a second way.'),
    encryption_subkey: fingerprintField.describe('The one subkey that messages are encrypted to.'),
    confirmed_by: textField(200).describe('How and with whom the fingerprint was confirmed.'),
    confirmed_at: instantField,
    allow: allowField,
    profile: idField.default('pan-expiry-reference').describe('Format profile of the files.'),
    layout: z.enum(['per-recipient', 'per-issuer']).default('per-recipient'),
    lists: z
      .enum(listKinds)
      .default('delta')
      .describe('delta: each file holds what they were not sent yet; cumulative: the whole list.'),
    answers: z
      .strictObject({
        format: idField
          .default('card-answer')
          .describe('How they write what they say of cards: built in, or config/answers/ID.toml.'),
        directory: remoteDirectoryField
          .optional()
          .describe(
            'Where they put answers on the server of their endpoint; what was fetched is removed there.',
          ),
        ...termFields,
        counted_from: z
          .int()
          .min(0)
          .max(999_999)
          .optional()
          .describe(
            'Running number of an answer: what is missing from it on is told, and nothing below it.',
          ),
        hours: answerHoursSchema
          .optional()
          .describe('When mimamori serve may look into that directory; without it, at any time.'),
        in_clear: z
          .boolean()
          .optional()
          .describe(
            'Whether answers are taken that they bring into their box in clear, signed by nobody.',
          ),
      })
      .optional()
      .describe('How and by when they answer.'),
    pickup: termsSchema
      .optional()
      .describe('By when they fetch what was offered to them, all of it.'),
    delivery_hours: openHoursSchema
      .optional()
      .describe('When mimamori serve may bring files to them; without it, at any time.'),
    state: stateField,
    endpoints: z
      .array(endpointSchema)
      .min(1, 'at least one endpoint')
      .max(1, 'one endpoint; a recipient with two places is two recipients'),
  })
  .superRefine(({ answers, pickup, endpoints: [endpoint] }, context) => {
    for (const [part, terms] of Object.entries({ answers, pickup })) {
      if (terms === undefined || !hasTwoEnds(terms)) continue;
      context.addIssue({
        code: 'custom',
        path: [part, 'within_days'],
        message: 'either hours or working days: one term cannot end at two moments',
      });
    }
    if (pickup !== undefined && endpoint?.kind !== 'pickup') {
      context.addIssue({
        code: 'custom',
        path: ['pickup'],
        message: 'only of a recipient who fetches their files',
      });
    }
    if (pickup !== undefined && !hasTerm(pickup)) {
      context.addIssue({
        code: 'custom',
        path: ['pickup'],
        message: 'a term in hours or in working days',
      });
    }
    if (answers?.in_clear === true && endpoint?.kind !== 'pickup') {
      context.addIssue({
        code: 'custom',
        path: ['answers', 'in_clear'],
        message: 'only of a recipient who fetches their files: their key is all that vouches',
      });
    }
    if (answers?.hours !== undefined && answers.directory === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['answers', 'hours'],
        message: 'only with a directory that answers are fetched from',
      });
    }
    if (answers?.directory === undefined) return;
    if (endpoint?.kind === 'sftp' && endpoint.directory !== answers.directory) return;
    context.addIssue({
      code: 'custom',
      path: ['answers', 'directory'],
      message:
        'a directory on the SFTP server of the endpoint, and not the one that files are put into',
    });
  });

/** `config/recipients.toml` */
export const recipientsSchema = z.strictObject({
  recipients: z.array(recipientSchema).default([]),
});

export type Recipient = z.output<typeof recipientSchema>;
/** What a file or a command gives: defaults left out, fingerprints spaced or not. */
export type RecipientEntry = z.input<typeof recipientSchema>;
