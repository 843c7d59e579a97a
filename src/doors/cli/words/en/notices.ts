import type { Charset } from '../../../../domain/notices/charsets.ts';
import type { NoticeStep } from '../../../../domain/notices/notice-steps.ts';
import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

/** Words about telling the persons behind the cards. */
export const noticesWords = {
  /** Reference, windows, brand, last four, reason, step, time. */
  heading: [
    'order reference',
    'windows',
    'brand',
    'last 4',
    'no number because',
    'notice',
    'notice time',
  ],
  merchantHeading: 'merchant',
  separator: '; ',
  step: {
    'mail-sent': 'mail-sent',
    'mail-bounced': 'mail-bounced',
    'letter-sent': 'letter-sent',
  } as Readonly<Record<NoticeStep, string>>,
  charset: { 'utf-8': 'UTF-8', cp932: 'CP932' } as Readonly<Record<Charset, string>>,
  exported: (file: string, incident: string, merchant: string | undefined) =>
    `The persons to be told of incident ${incident}${merchant === undefined ? '' : `, merchant ${merchant},`} are in ${file}.`,
  withCard: 'with brand and last 4',
  withoutCard: 'without a number',
  unnamed: 'last 4 not known: the processor has not told them',
  lines: 'lines in all',
  references: (n: number) => counted(n, 'distinct reference'),
  orders: (n: number) => counted(n, 'order'),
  overHandoffs: (n: number) => `over ${counted(n, 'handoff')}, each entry once`,
  withoutOrder: (n: number, isAtMost: boolean) =>
    `${isAtMost ? 'At most ' : ''}${counted(n, 'card')} in no order in scope: their holders are not in this list and cannot be named from here.`,
  fileFacts: (charset: string, size: string, digest: string) =>
    `${charset} · ${size} · sha256 ${digest}`,
  exportedMeans:
    'There is no name and no card number in it. It is for you alone on this disk: keep it so.',
  asText:
    'import it into a spreadsheet with all columns as text: opened by a click, leading zeros are lost',
  record: (incident: string) => `mimamori notices record ${incident} --file FILE --as ID`,
  recordLabel: 'once mails or letters have left',
  recorded: (lines: number, added: number, incident: string) =>
    `${counted(lines, 'line')} about references of incident ${incident} taken in, ${figure(added)} of them new.`,
  unknown: (n: number, lines: string) =>
    `${counted(n, 'line')} about references that the incident does not have, not kept: line ${lines}.`,
  title: (incident: string) => `Notices of incident ${incident}`,
  referencesHeading: 'distinct references',
  letterDue: 'came back last: a letter is due',
  untold: 'nothing recorded yet',
  export: (incident: string) => `mimamori notices export ${incident} --output FILE --as ID`,
};

export type NoticesWords = typeof noticesWords;
