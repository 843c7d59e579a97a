/** What was done to tell the person behind an order reference. A later step does not undo an earlier one. */
export const noticeSteps = ['mail-sent', 'mail-bounced', 'letter-sent'] as const;
export type NoticeStep = (typeof noticeSteps)[number];

/** Steps as they may be written in a record of notices, widths and letters aside. */
const spellings: Readonly<Record<string, NoticeStep>> = {
  'mail-sent': 'mail-sent',
  'mail-bounced': 'mail-bounced',
  bounced: 'mail-bounced',
  'letter-sent': 'letter-sent',
  メール送信: 'mail-sent',
  メール送信済: 'mail-sent',
  メール不達: 'mail-bounced',
  不達: 'mail-bounced',
  書面送付: 'letter-sent',
  書面送付済: 'letter-sent',
};

/** The step a cell names, in either language; undefined for anything else. */
export function noticeStepOf(text: string): NoticeStep | undefined {
  const folded = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return Object.hasOwn(spellings, folded) ? spellings[folded] : undefined;
}
