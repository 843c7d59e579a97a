import { counted } from './counted.ts';

/** Words about the answers of recipients. */
export const responseWords = {
  answer: 'Answer',
  batch: 'Batch',
  taken: 'Taken in',
  signed: (recipient: string) => `signed by ${recipient}`,
  unsigned: 'signed by nobody known',
  saysAll: (resolved: string, notFound: string) => `${resolved} resolved, ${notFound} not found`,
  changed: (n: number) =>
    `${counted(n, 'reference')} ${n === 1 ? 'has' : 'have'} another answer than before; the new one counts`,
  differing: (n: number) =>
    `${counted(n, 'answer')} ${n === 1 ? 'contradicts' : 'contradict'} what the shop knew of the card`,
  progress: (resolved: string, all: string) => `${resolved} of ${all} resolved`,
  notFound: (n: string) => `${n} not found`,
  open: (n: string) => `${n} without an answer`,
  settled: (batch: string, counts: string) =>
    `Settled, not resolved: ${counts} of ${batch}. An answer that comes later still counts.`,
  settledBy: (counts: string, officer: string, time: string) =>
    `settled ${time} by ${officer}: ${counts}`,
  settle: (batch: string) => `mimamori response settle ${batch} --as ID --reason "…"`,
  settleLabel: 'if nobody will find the rest any more',
  byIssuer: 'Resolved, by brand and issuer',
  notFoundTitle: 'Not found',
  missingTitle: 'Without an answer',
  further: (n: string) => `and ${n} more`,
  noIssuer: 'issuer not said',
  none: 'No answer was taken in yet.',
  nothingYet: 'nothing was answered yet',
  columns: ['taken in', 'batch', 'recipient', 'resolved', 'not found', 'signed', 'from'],
  yes: 'yes',
  no: 'no',
  show: (batch: string) => `mimamori response show ${batch}`,
  showLabel: 'what was found, what was not and why',
  import: (batch: string) => `mimamori response import FILE --batch ${batch} --as ID`,
  importLabel: 'takes in the answer of the recipient',
  notices: (incident: string) => `mimamori notices export ${incident} --output FILE --as ID`,
  noticesLabel: 'the list of persons, now with brand and last 4',
};

export type ResponseWords = typeof responseWords;
