import { counted } from './counted.ts';

export const previewWords = {
  first: 'PREVIEW: nothing is stored, and there is no handoff',
  last: 'PREVIEW: nothing was stored. Without --preview the same command prepares the handoff; with --dry-run it counts every record first.',
  layout: 'read as',
  lines: 'one number per line',
  delimiters: { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' },
  withHeader: 'names in the first row',
  withoutHeader: 'no header',
  width: (columns: number) => counted(columns, 'column'),
  spec: 'source spec',
  noSpec: 'none',
  suggested: (spec: string) => `none; its columns are those of ${spec}: --source FILE=${spec}`,
  several: (specs: string) => `none; its columns are those of ${specs}: choose one`,
  purposes: {
    pan: 'card number',
    expiry: 'expiry',
    expiry_month: 'expiry, month',
    expiry_year: 'expiry, year',
    ordered_at: 'order date',
    channel: 'channel',
    reference: 'reference',
    payment_method: 'payment',
    order_key: 'order',
  },
  none: '–',
  everyPayment: 'not looked at: every record counts as paid by card',
  payments: (column: string, methods: string, exceptions: string) =>
    `${column}: ${methods === '' ? 'everything' : methods}${exceptions === '' ? '' : `, but not ${exceptions}`}`,
  dates: (column: string, zone: string) => `${column}, on the clock of ${zone}`,
  constant: (channel: string) => `${channel}, for every record`,
  ignored: 'never read',
  records: (count: number) => `The first ${counted(count, 'record')}`,
  line: 'line',
  orderedAt: (zone: string) => `order date (${zone})`,
  channel: 'channel',
  number: 'number',
  verdict: 'what becomes of it',
  card: 'card',
  unread: 'not read',
};

export type PreviewWords = typeof previewWords;
