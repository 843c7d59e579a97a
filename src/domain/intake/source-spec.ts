import { z } from 'zod';

import { idField, listField, textField } from '../workspace/text-fields.ts';
import { timeZoneField } from '../workspace/time-fields.ts';
import { parseDatePattern } from './date-pattern.ts';
import { receivedWays } from './source-receipt.ts';
import { expiryFormats } from './expiry.ts';
import { referenceKinds, sourceKinds } from './source-kinds.ts';

const columnField = textField(200).describe('A name in the header, or #n for the nth column.');

const columnsField = z
  .union([columnField, z.array(columnField).min(1).max(8)])
  .transform((given) => (typeof given === 'string' ? [given] : given))
  .describe('One column, or several that are read together in this order, a space between them.');

const personField = columnsField
  .optional()
  .describe(
    'Of the person who ordered, for look-ups by name; read only where the incident says look_up_by_name.',
  );

const columnsSchema = z.strictObject({
  pan: columnsField.optional(),
  expiry: columnsField.optional(),
  expiry_month: columnField.transform((given) => [given]).optional(),
  expiry_year: columnField.transform((given) => [given]).optional(),
  ordered_at: columnsField.optional(),
  channel: columnsField.optional(),
  reference: columnsField.optional(),
  payment_method: columnsField.optional(),
  brand: columnsField.optional(),
  last_four: columnsField.optional(),
  merchant: columnsField.optional(),
  name: personField,
  name_kana: personField,
  postcode: personField,
  phone: personField,
});

type ColumnKey = keyof z.output<typeof columnsSchema>;

/** What only a source with card numbers has, and what only one without them has. */
const cardColumns: readonly ColumnKey[] = ['pan', 'expiry', 'expiry_month', 'expiry_year'];
const referenceColumns: readonly ColumnKey[] = ['brand', 'last_four'];

/**
 * How one source is to be read. Everything has a default: what is left out is detected or mapped by well-known column
 * names, and what cannot be decided refuses the source. Columns of cardholder names have no key: they are never read.
 */
export const sourceSpecSchema = z
  .strictObject({
    kind: z.enum(sourceKinds).default('orders'),
    reference_kind: z
      .enum(referenceKinds)
      .optional()
      .describe('What the references of a references source name; default: order.'),
    format: z.enum(['auto', 'delimited', 'lines']).default('auto'),
    delimiter: z.enum(['auto', ',', ';', '\t', '|']).default('auto'),
    encoding: z
      .enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'shift_jis', 'euc-jp'])
      .default('auto'),
    header: z.union([z.boolean(), z.literal('auto')]).default('auto'),
    columns: columnsSchema.default({}),
    ignore_columns: listField(columnField, 1_000).default([]).describe('Never read at all.'),
    not_sensitive: listField(columnField, 100)
      .default([])
      .describe('Columns that were taken for security codes and are none. Recorded in the plan.'),
    channel: textField(64).optional().describe('Channel of every record of this source.'),
    channel_map: z
      .record(textField(200), textField(64))
      .default({})
      .describe('Text in the channel column = channel of the incident.'),
    merchant: idField
      .optional()
      .describe('Merchant of every record of this source, for an incident of several.'),
    merchant_map: z
      .record(z.union([textField(200), z.literal('')]), idField)
      .default({})
      .describe('Text in the merchant column = id of the merchant; "" for an empty cell.'),
    payment_methods: listField(textField(200), 200)
      .default([])
      .describe('Payment methods that are cards; records with any other are not-card.'),
    not_card_methods: listField(textField(200), 200)
      .default([])
      .describe('Payment methods that are no cards, whatever payment_methods says of them.'),
    payment_match: z.enum(['exact', 'substring']).default('exact'),
    order_key: columnField.optional().describe('Column that names the order; default: reference.'),
    one_row_per_item: z
      .boolean()
      .default(false)
      .describe('Rows of an order after its first are same-order.'),
    time_zone: timeZoneField.optional().describe('Default: the zone of the incident.'),
    date_format: z
      .string()
      .refine(
        (text) => parseDatePattern(text) !== undefined,
        'a date format such as DD/MM/YYYY HH:mm',
      )
      .optional(),
    expiry_format: z.enum(['auto', ...expiryFormats]).default('auto'),
    received: z
      .enum(receivedWays)
      .optional()
      .describe('How the source came to us. Recorded in the plan and the log.'),
    recognised_by: listField(columnField, 50)
      .default([])
      .describe(
        'Columns by which a file tells that this spec is for it. Suggested, never applied.',
      ),
  })
  .refine((spec) => spec.channel === undefined || spec.columns.channel === undefined, {
    path: ['channel'],
    error: 'either a channel for all records or a channel column',
  })
  .refine((spec) => spec.merchant === undefined || spec.columns.merchant === undefined, {
    path: ['merchant'],
    error: 'either a merchant for all records or a merchant column',
  })
  .refine(
    (spec) =>
      (spec.columns.expiry_month === undefined) === (spec.columns.expiry_year === undefined),
    {
      path: ['columns', 'expiry_month'],
      error: 'expiry_month and expiry_year together',
    },
  )
  .refine((spec) => spec.columns.expiry === undefined || spec.columns.expiry_month === undefined, {
    path: ['columns', 'expiry'],
    error: 'either expiry, or expiry_month and expiry_year',
  })
  .refine((spec) => spec.kind === 'references' || spec.reference_kind === undefined, {
    path: ['reference_kind'],
    error: 'only with kind = "references"',
  })
  .refine(({ columns }) => hasNames(columns) === hasDetails(columns), {
    path: ['columns', 'name'],
    error: 'name or name_kana together with postcode or phone',
  })
  .superRefine((spec, context) => {
    const isReferences = spec.kind === 'references';
    for (const column of isReferences ? cardColumns : referenceColumns) {
      if (spec.columns[column] === undefined) continue;
      const message = `${isReferences ? 'not' : 'only'} with kind = "references"`;
      context.addIssue({ code: 'custom', path: ['columns', column], message });
    }
  });

type NamedColumns = z.output<typeof columnsSchema>;

function hasNames({ name, name_kana: kana }: NamedColumns): boolean {
  return (name ?? kana) !== undefined;
}

function hasDetails({ postcode, phone }: NamedColumns): boolean {
  return (postcode ?? phone) !== undefined;
}

export type SourceSpec = z.output<typeof sourceSpecSchema>;
/** What a file or the command line gives: defaults left out. */
export type SourceSpecEntry = z.input<typeof sourceSpecSchema>;
