import type { Facts } from '../../../../domain/fault.ts';
import { about, fact, numberOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { counted } from './counted.ts';

const columns: Readonly<Record<string, string>> = {
  reference: 'the order reference is missing',
  status: 'the status is none of mail-sent, mail-bounced and letter-sent',
  at: 'the time is missing, cannot be read or lies in the future',
  quotes: 'its quotes do not close',
  charset: 'it is neither UTF-8 nor CP932',
};
const columnOf = (f: Facts): string => columns[fact(f, 'column', '')] ?? 'it cannot be read';

export const noticesFaults = {
  'notices-empty': {
    what: (f) => `incident ${fact(f, 'incident', '')} has no order references to tell by`,
    means: (f) =>
      numberOf(f, 'handoffs') === 0
        ? 'It has no handoff that counts: none, or all were cancelled or declined.'
        : 'The sources of its handoffs named no order references. No file was written.',
    next: () => [
      {
        command:
          'mimamori handoff prepare --incident ID --source FILE --columns reference=… --as ID',
        label: 'the column with the order numbers',
      },
    ],
  },
  'charset-lacks': {
    what: (f) =>
      `${counted(numberOf(f, 'rows') ?? 0, 'line')} of the list cannot be written in ${fact(f, 'charset', 'this charset').toUpperCase()}`,
    means: (f) =>
      `Nothing is left out or replaced by a question mark${about(f, 'first', (line) => `; the first is entry ${line}`)}. No file was written.`,
    next: () => ['export with --charset utf-8: newer spreadsheets open it as it is'],
  },
  'notice-record-malformed': {
    what: (f) => `line ${fact(f, 'line', '?')} of the table: ${columnOf(f)}`,
    means: () => 'Nothing of the file was taken in.',
    next: () => [
      'give a table with the columns reference, status and at; times as 2026-11-22 14:05 or 2026/11/22',
    ],
  },
} as const satisfies Record<string, FaultWords>;
