import { z } from 'zod';
import { idField, listField, textField } from '../workspace/text-fields.ts';
import { MERCHANTS_MAX, merchantSchema } from './merchants.ts';
import { dayOrInstantField, instantField, timeZoneField } from '../workspace/time-fields.ts';

/** What leaked. The security code is told, never handed over. */
const elements = [
  'cardholder_name',
  'pan',
  'expiry',
  'security_code',
  'track',
  'pin',
  'name',
  'address',
  'phone',
  'email',
  'birth_date',
  'password',
] as const;

/** Matched windows are kept as one bit each in 32 bits per card. */
export const WINDOWS_MAX = 32;

/** Tables of windows: merchants may each have their own times under one name, and names are at most `WINDOWS_MAX`. */
const WINDOW_TABLES_MAX = 10_000;

const channelField = textField(64);

const windowSchema = z.strictObject({
  name: idField,
  channels: listField(channelField, 100)
    .min(1, 'at least one channel; leave the key out for every channel that is not excluded')
    .optional()
    .describe('Left out: every channel that is not excluded.'),
  from: dayOrInstantField.describe('First day or moment of exposure, included.'),
  to: dayOrInstantField.describe('Last day or moment of exposure, included.'),
  listed_only: z
    .boolean()
    .default(false)
    .describe('Only cards that a PFI or processor listed; order records alone do not count.'),
  merchants: listField(idField, MERCHANTS_MAX)
    .min(1, 'at least one merchant; leave the key out for all of them')
    .optional()
    .describe('Ids of the merchants whose window this is. Left out: all of the incident.'),
});

const routeSchema = z.strictObject({
  issuer: textField(200)
    .optional()
    .describe('Issuer as the BIN table names it; "unknown" for none.'),
  brand: idField.optional().describe('Brand id such as visa or american-express, or "unknown".'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country code of two capital letters, such as JP')
    .optional()
    .describe('ISO 3166-1 alpha-2 country of the issuer.'),
  merchant: idField.optional().describe('Id of a merchant of the incident.'),
  recipient: idField,
});

/** Card brands with a clock of their own; Discover goes with Diners Club. */
const clockBrands = [
  'visa',
  'mastercard',
  'american-express',
  'jcb',
  'diners-club',
  'unionpay',
] as const;

export type ClockBrand = (typeof clockBrands)[number];

const clocksSchema = z.strictObject({
  wrongful_purpose: z
    .boolean()
    .optional()
    .describe(
      'Whether the leak may have been caused with a wrongful purpose, such as unauthorised access (PPC Rules art. 7 no. 3). Left out: both final reports are shown.',
    ),
  entrusted: z
    .boolean()
    .default(false)
    .describe('Whether we hold the data for another business, who is then to be told.'),
  brands: z
    .array(z.enum(clockBrands))
    .refine((items) => new Set(items).size === items.length, 'each brand only once')
    .optional()
    .describe('Card brands whose clocks are shown. Left out: all.'),
});

/**
 * One incident as `incident open` and `incident amend` read it. Keys keep the spelling of the file. Shape only:
 * `assertIncident` checks what the parts say about each other.
 */
const incidentObject = z.strictObject({
  id: idField,
  public_name: textField(200).describe('What callers and letters say.'),
  merchant: textField(200).optional().describe('The only merchant; not together with merchants.'),
  merchants: z
    .array(merchantSchema)
    .min(1, 'at least one merchant')
    .max(MERCHANTS_MAX, 'at most 10,000 merchants')
    .optional()
    .describe('The merchants of an incident that covers several.'),
  case_number: textField(100)
    .optional()
    .describe('As card companies or the processor know the case.'),
  found_by: textField(200).optional(),
  pfi_reference: textField(100).optional(),
  discovered_at: instantField,
  time_zone: timeZoneField.default('Asia/Tokyo'),
  elements: z
    .array(z.enum(elements))
    .min(1, 'at least one element')
    .refine((items) => new Set(items).size === items.length, 'each element only once'),
  excluded_channels: listField(channelField, 100).default([]),
  default_recipient: idField.optional(),
  contact: textField(200).optional(),
  stage: z.enum(['interim', 'final', 'extension']).optional(),
  windows: z
    .array(windowSchema)
    .min(1, 'at least one exposure window')
    .max(WINDOW_TABLES_MAX, 'at most 10,000 tables of windows')
    .refine(
      (windows) => new Set(windows.map(({ name }) => name)).size <= WINDOWS_MAX,
      `at most ${WINDOWS_MAX} names of exposure windows`,
    ),
  routes: z.array(routeSchema).max(1000, 'at most 1,000 routes').default([]),
  look_up_by_name: z
    .boolean()
    .optional()
    .describe(
      'Whether handoffs keep a keyed index of names with postcode or phone, for lookup person. Left out: none.',
    ),
  clocks: clocksSchema.optional().describe('Which time limits bind; left out: all that may.'),
});

/** An incident that says whose cards leaked: by `merchant`, or by `merchants`. */
export const incidentSchema = incidentObject.refine(
  ({ merchant, merchants }) => (merchant === undefined) !== (merchants === undefined),
  { path: ['merchant'], error: 'either merchant, or tables of merchants' },
);

export type Incident = z.output<typeof incidentSchema>;
/** What a file gives: defaults left out. */
export type IncidentEntry = z.input<typeof incidentSchema>;
export type ExposureWindow = Incident['windows'][number];
export type Route = Incident['routes'][number];
