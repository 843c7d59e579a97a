import { z } from 'zod';
import { idField, listField, textField } from '../workspace/text-fields.ts';
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
export const incidentSchema = z.strictObject({
  id: idField,
  public_name: textField(200).describe('What callers and letters say.'),
  merchant: textField(200),
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
    .max(WINDOWS_MAX, `at most ${WINDOWS_MAX} exposure windows`),
  routes: z.array(routeSchema).max(1000, 'at most 1,000 routes').default([]),
  clocks: clocksSchema.optional().describe('Which time limits bind; left out: all that may.'),
});

export type Incident = z.output<typeof incidentSchema>;
/** What a file gives: defaults left out. */
export type IncidentEntry = z.input<typeof incidentSchema>;
export type ExposureWindow = Incident['windows'][number];
export type Route = Incident['routes'][number];
