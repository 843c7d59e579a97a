// Prepares of every kind, made from a seed: incidents, recipients and sources that differ from one to the next.

import { builtinProfiles } from '../../src/domain/formats/builtin-profiles.ts';
import { parseProfile } from '../../src/domain/formats/profile.ts';
import { acceptableReasons } from '../../src/domain/intake/reasons.ts';
import type { PrepareJob, RoutedRecipient } from '../../src/exchange/handoff/card-process.ts';
import { makeSource, type MadeSource } from './made-source.ts';
import { between, cardDigits } from './seeded-cards.ts';
import { excludedChannels, recipientOfBrand, windows } from './shop-incident.ts';

type Rng = () => number;

/** Recipients of every made prepare, in the order of the job. */
export const madeRecipients = ['psp', 'amex', 'house'] as const;

/** What the seed decides of a prepare; keys and places are added by whoever runs it. */
export interface MadePrepare {
  readonly sources: readonly MadeSource[];
  readonly terms: Pick<
    PrepareJob,
    | 'mode'
    | 'createdAt'
    | 'acceptHeld'
    | 'requestsWaiver'
    | 'routes'
    | 'firstReference'
    | 'incident'
  >;
  readonly recipients: readonly Pick<RoutedRecipient, 'profile' | 'layout'>[];
  readonly jobs: number;
}

export interface PrepareWish {
  readonly files: number;
  /** Numbers of threads, of which one is drawn. */
  readonly jobs: readonly number[];
  /** Cards of an earlier prepare, of which some come again. */
  readonly known: readonly string[];
}

/** A prepare whose sources share some of their cards with each other. */
export function makePrepare(
  rng: Rng,
  { files, jobs, known }: PrepareWish,
): MadePrepare & { readonly cards: readonly string[] } {
  const fresh = Array.from({ length: between(rng, 2, 40) }, () => madeCard(rng));
  const cards = [...fresh, ...known.filter(() => rng() < 0.4)];
  return {
    cards,
    sources: Array.from({ length: files }, () => makeSource(rng, cards)),
    terms: {
      mode: rng() < 0.7 ? 'live' : 'drill',
      // Either side of a month's end, in UTC and in Japan.
      createdAt: pick(rng, [
        '2026-10-31T14:59:59Z',
        '2026-10-31T23:30:00Z',
        '2026-11-21T02:00:00Z',
      ]),
      acceptHeld: acceptableReasons.filter(() => rng() < 0.25),
      routes: pick(rng, routings),
      firstReference: pick(rng, [1, 100, 9_999_990]),
      incident: makeIncident(rng),
      ...(rng() < 0.5 ? { requestsWaiver: true as const } : {}),
    },
    recipients: madeRecipients.map(() => ({
      profile: pick(rng, profiles),
      layout: rng() < 0.75 ? 'per-recipient' : 'per-issuer',
    })),
    jobs: pick(rng, jobs),
  };
}

/** A number of a range the issuer table knows, or of one that it does not. */
export function madeCard(rng: Rng): string {
  const prefix = pick(rng, [
    ...['400010', '40002345', '490077', '491234', '510512', '540099', '222150', '352812', '354007'],
    ...['370011', '379001', '360155', '492955', '528866', '622110', '6250', '410077'],
  ]);
  const length = prefix.startsWith('37') ? 15 : prefix.startsWith('36') ? 14 : 16;
  // UnionPay has issued numbers without a check digit.
  const valid = !prefix.startsWith('62') || rng() < 0.5;
  return cardDigits(rng, { prefix, length, valid }).join('');
}

function makeIncident(rng: Rng): PrepareJob['incident'] {
  const made = windows.map(({ name, channels, from, to, listedOnly }) => ({
    ...{ name, fromMs: from, toMs: to, listedOnly },
    // A window without channels takes every one that is not excluded.
    ...(rng() < 0.15 ? {} : { channels }),
    ...{ fromText: new Date(from).toISOString(), toText: new Date(to).toISOString() },
  }));
  return {
    ...{ id: 'shop-a-2020', merchant: 'Kitsutsuki Coffee K.K.', caseNumber: 'EX-2020-0407' },
    ...{ stage: pick(rng, ['interim', 'final']), elements: ['pan', 'expiry'] },
    ...{ timeZone: 'Asia/Tokyo', excludedChannels },
    windows: made.filter(({ name }) => name === 'web' || rng() < 0.8),
  };
}

const byBrand = Object.entries(recipientOfBrand).map(([brand, recipient]) => ({
  brand,
  recipient,
}));

const routings: readonly PrepareJob['routes'][] = [
  { routes: byBrand },
  { routes: [{ brand: 'american-express', recipient: 'amex' }], default_recipient: 'psp' },
  {
    routes: [
      { issuer: 'しおさい銀行', recipient: 'house' },
      { brand: 'visa', country: 'AU', recipient: 'amex' },
      { brand: 'unknown', recipient: 'house' },
      { issuer: 'unknown', recipient: 'house' },
    ],
    default_recipient: 'psp',
  },
];

/** Profiles of the program that hold card numbers, and others that use what those leave out. */
const profiles = [
  ...builtinProfiles.filter(({ masked, subject }) => !masked && subject === undefined),
  parseProfile({
    ...{ id: 'everything-quoted', title: 'Every field', provenance: 'Made for tests' },
    ...{ shape: 'delimited', charset: 'utf-8', newline: 'crlf', delimiter: ';' },
    ...{ quoting: 'always', titles: true, byte_order_mark: true },
    header: [
      {
        cells: [
          ...[{ field: 'sequence' }, { field: 'handoff' }, { field: 'incident' }],
          ...[{ field: 'windows' }, { field: 'created_date' }, { field: 'record_count' }],
        ],
      },
    ],
    columns: [
      ...[{ field: 'sequence' }, { field: 'pan' }, { field: 'pan_length' }],
      ...[{ field: 'truncated_pan' }, { field: 'expiry', format: 'YYYY-MM' }],
      ...[{ field: 'expiry_year', format: 'YYYY' }, { field: 'expiry_month' }],
      ...[{ field: 'record_reference', title: '照会番号' }, { field: 'order_reference' }],
      ...[{ field: 'brand' }, { field: 'issuer' }, { field: 'first_seen' }],
      { field: 'last_seen', format: 'YYYY/MM/DD' },
    ],
    trailer: [{ cells: [{ field: 'card_count' }, { field: 'contact' }, { field: 'sender' }] }],
  }),
  parseProfile({
    ...{ id: 'ascii-marks', title: 'What ASCII lacks', provenance: 'Made for tests' },
    ...{ shape: 'delimited', charset: 'ascii', newline: 'lf', delimiter: '|', armor: true },
    ...{ quoting: 'when-needed', unencodable: 'question-mark' },
    columns: [
      ...[{ field: 'order_reference' }, { field: 'issuer' }, { field: 'pan' }],
      { field: 'expiry', format: 'MM/YY' },
    ],
  }),
  parseProfile({
    ...{ id: 'never-quoted', title: 'No quotes', provenance: 'Made for tests' },
    ...{ shape: 'delimited', charset: 'utf-8', newline: 'lf', delimiter: ',' },
    ...{ unencodable: 'question-mark' },
    columns: [
      { field: 'pan' },
      { field: 'order_reference' },
      { field: 'issuer' },
      { field: 'expiry', format: 'YYYYMM' },
    ],
  }),
  parseProfile({
    ...{ id: 'fixed-cut', title: 'Cut texts', provenance: 'Made for tests' },
    ...{ shape: 'fixed', charset: 'utf-8', newline: 'none' },
    columns: [
      { field: 'issuer', width: 20, overflow: 'cut', fill: '.' },
      { field: 'order_reference', width: 7, overflow: 'cut', align: 'right' },
      { field: 'pan', width: 19, align: 'right', fill: '0' },
      { field: 'brand', width: 10, overflow: 'cut' },
    ],
  }),
];

function pick<T>(rng: Rng, from: readonly T[]): T {
  return from[between(rng, 0, from.length - 1)]!;
}
