import { parseProfile, type Profile, type ProfileInput } from './profile.ts';

const UNCONFIRMED =
  'A layout of ours after common file exchanges; to be confirmed with the recipient before the first live batch.';

const cards = { align: 'right', fill: '0' } as const;

const inputs: readonly ProfileInput[] = [
  {
    id: 'pan-list',
    title: 'One card number per line, nothing else',
    provenance: UNCONFIRMED,
    shape: 'delimited',
    charset: 'ascii',
    newline: 'lf',
    columns: [{ field: 'pan' }],
  },
  {
    id: 'pan-expiry-reference',
    title: 'Header, then card number, expiry date and record reference',
    provenance: UNCONFIRMED,
    shape: 'delimited',
    charset: 'ascii',
    newline: 'crlf',
    delimiter: ',',
    header: [
      {
        cells: [
          { field: 'mode' },
          { field: 'batch' },
          { field: 'case_number' },
          { field: 'stage' },
          { field: 'card_count' },
          { field: 'lists' },
          { field: 'waiver_request' },
          { field: 'nonce' },
        ],
      },
    ],
    columns: [{ field: 'pan' }, { field: 'expiry', format: 'MMYY' }, { field: 'record_reference' }],
  },
  {
    id: 'header-detail-trailer',
    title: 'Typed records: H, one D per card, T with the counts',
    provenance: UNCONFIRMED,
    shape: 'delimited',
    charset: 'utf-8',
    newline: 'crlf',
    delimiter: ',',
    quoting: 'when-needed',
    header: [
      {
        cells: [
          { field: 'literal', text: 'H' },
          { field: 'mode' },
          { field: 'batch' },
          { field: 'created_date', format: 'YYYYMMDD' },
          { field: 'sender' },
          { field: 'case_number' },
          { field: 'merchant' },
          { field: 'stage' },
          { field: 'lists' },
          { field: 'windows' },
          { field: 'elements' },
          { field: 'contact' },
          { field: 'waiver_request' },
          { field: 'nonce' },
        ],
      },
    ],
    columns: [
      { field: 'literal', text: 'D' },
      { field: 'record_reference' },
      { field: 'pan' },
      { field: 'expiry_month' },
      { field: 'expiry_year', format: 'YY' },
      { field: 'brand' },
      { field: 'issuer' },
      { field: 'first_seen', format: 'YYYYMMDD' },
      { field: 'last_seen', format: 'YYYYMMDD' },
    ],
    trailer: [
      {
        cells: [
          { field: 'literal', text: 'T' },
          { field: 'card_count' },
          { field: 'record_count' },
        ],
      },
    ],
  },
  {
    id: 'masked-annex',
    title: 'Annex of a letter: truncated numbers by issuer, no card number',
    provenance: UNCONFIRMED,
    shape: 'delimited',
    charset: 'utf-8',
    newline: 'crlf',
    byte_order_mark: true,
    delimiter: ',',
    quoting: 'when-needed',
    masked: true,
    titles: true,
    columns: [
      { field: 'record_reference', title: 'Reference' },
      { field: 'issuer', title: 'Issuer' },
      { field: 'brand', title: 'Brand' },
      { field: 'truncated_pan', title: 'Card number (truncated)' },
      { field: 'expiry', title: 'Expiry', format: 'YYYY-MM' },
    ],
  },
  {
    id: 'fixed-120',
    title: 'Records of 120 bytes: header 1, data 2, trailer 8, end 9',
    provenance: UNCONFIRMED,
    shape: 'fixed',
    charset: 'ascii',
    newline: 'crlf',
    header: [
      {
        cells: [
          { field: 'literal', text: '1', width: 1 },
          { field: 'mode', width: 4 },
          { field: 'created_date', format: 'YYYYMMDD', width: 8 },
          { field: 'batch', width: 40 },
          { field: 'case_number', width: 20 },
          { field: 'stage', width: 10 },
          { field: 'lists', width: 10 },
          { field: 'nonce', width: 24 },
          { field: 'literal', text: '', width: 3 },
        ],
      },
    ],
    columns: [
      { field: 'literal', text: '2', width: 1 },
      { field: 'record_reference', width: 10, ...cards },
      { field: 'pan_length', width: 2, ...cards },
      { field: 'pan', width: 19 },
      { field: 'expiry', format: 'YYMM', width: 4, ...cards },
      { field: 'first_seen', format: 'YYYYMMDD', width: 8, ...cards },
      { field: 'last_seen', format: 'YYYYMMDD', width: 8, ...cards },
      { field: 'literal', text: '', width: 68 },
    ],
    trailer: [
      {
        cells: [
          { field: 'literal', text: '8', width: 1 },
          { field: 'card_count', width: 10, ...cards },
          { field: 'literal', text: '', width: 109 },
        ],
      },
      {
        cells: [
          { field: 'literal', text: '9', width: 1 },
          { field: 'record_count', width: 10, ...cards },
          { field: 'literal', text: '', width: 109 },
        ],
      },
    ],
  },
  {
    id: 'references',
    title: 'References of a shop without card numbers: H, one D each, T with the counts',
    provenance: UNCONFIRMED,
    shape: 'delimited',
    charset: 'utf-8',
    newline: 'crlf',
    delimiter: ',',
    quoting: 'when-needed',
    subject: 'references',
    header: [
      {
        cells: [
          { field: 'literal', text: 'H' },
          { field: 'mode' },
          { field: 'handoff' },
          { field: 'batch' },
          { field: 'created_date', format: 'YYYYMMDD' },
          { field: 'sender' },
          { field: 'case_number' },
          { field: 'merchant' },
          { field: 'stage' },
          { field: 'windows' },
          { field: 'elements' },
          { field: 'contact' },
          { field: 'nonce' },
        ],
      },
    ],
    columns: [
      { field: 'literal', text: 'D' },
      { field: 'record_reference' },
      { field: 'reference_kind' },
      { field: 'order_reference' },
      { field: 'brand' },
      { field: 'last_four' },
      { field: 'matched_windows' },
      { field: 'first_seen', format: 'YYYYMMDD' },
      { field: 'last_seen', format: 'YYYYMMDD' },
    ],
    trailer: [
      {
        cells: [
          { field: 'literal', text: 'T' },
          { field: 'card_count' },
          { field: 'record_count' },
        ],
      },
    ],
  },
];

/** The profiles that come with the program; `config/profiles/` holds the same as TOML, to be copied and changed. */
export const builtinProfiles: readonly Profile[] = inputs.map((input) => parseProfile(input));
