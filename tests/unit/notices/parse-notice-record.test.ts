import { describe, expect, it } from 'vitest';

import { NoticesFault } from '../../../src/domain/notices/errors.ts';
import { noticeStepOf } from '../../../src/domain/notices/notice-steps.ts';
import { parseNoticeRecord } from '../../../src/domain/notices/parse-notice-record.ts';
import type { NoticeLine } from '../../../src/domain/notices/parse-notice-record.ts';

const read = (text: string): NoticeLine[] => [...parseNoticeRecord(text, 'Asia/Tokyo')];
const refusal = (text: string): unknown => {
  try {
    return read(text);
  } catch (error) {
    return error instanceof NoticesFault ? [error.code, error.facts] : error;
  }
};

describe('parseNoticeRecord()', () => {
  it('reads reference, status and time in any order, other columns aside', () => {
    expect(read('at,name,status,reference\n2026-11-22,x,mail-sent,A-1\n')).toEqual([
      {
        line: 2,
        merchant: '',
        reference: 'A-1',
        step: 'mail-sent',
        at: new Date('2026-11-21T15:00:00Z'),
      },
    ]);
  });

  it('reads an exported list that was filled in, in Japanese, and takes its guards off', () => {
    const text =
      '\uFEFF注文番号,下4桁,通知,通知日時\r\n' +
      "'=A-1,1111,メール送信,2026/4/8 9:05\r\nA-2,1111,,\r\nA-3,1111,書面送付,2026-04-08 09:05 JST\r\n";
    const at = new Date('2026-04-08T00:05:00Z');
    expect(read(text)).toEqual([
      { line: 2, merchant: '', reference: '=A-1', step: 'mail-sent', at },
      { line: 4, merchant: '', reference: 'A-3', step: 'letter-sent', at },
    ]);
  });

  it.each([
    ['Europe/Paris', 'UTC+2', '2026-04-08T07:05:00Z'],
    ['Asia/Kathmandu', 'UTC+5:45', '2026-04-08T03:20:00Z'],
    ['America/Sao_Paulo', 'UTC-3', '2026-04-08T12:05:00Z'],
    ['UTC', 'UTC', '2026-04-08T09:05:00Z'],
  ])('reads times of %s as they are exported', (timeZone, name, expected) => {
    const text = `reference,status,at\nA-1,mail-sent,2026-04-08 09:05 ${name}\n`;
    expect([...parseNoticeRecord(text, timeZone)][0]?.at).toEqual(new Date(expected));
  });

  it('reads times with an offset as they stand', () => {
    const [line] = read('reference,status,at\nA-1,letter sent,2026-11-22T14:05:00+01:00\n');
    expect(line?.at).toEqual(new Date('2026-11-22T13:05:00Z'));
  });

  it('refuses the whole file for one line, with line and column', () => {
    const head = 'reference,status,at\nA-1,mail-sent,2026-11-22\n';
    const malformed = (line: number, column: string): unknown => [
      'notice-record-malformed',
      { line, column },
    ];
    expect(refusal('')).toEqual(malformed(1, 'reference'));
    expect(refusal('reference,at\n')).toEqual(malformed(1, 'status'));
    expect(refusal(`${head}A-2,called,2026-11-22\n`)).toEqual(malformed(3, 'status'));
    expect(refusal(`${head}A-2,mail-sent,22.11.2026\n`)).toEqual(malformed(3, 'at'));
    expect(refusal(`${head}A-2,mail-sent,2026-02-30\n`)).toEqual(malformed(3, 'at'));
    expect(refusal(`${head},mail-sent,2026-11-22\n`)).toEqual(malformed(3, 'reference'));
    expect(refusal(`${head}"A-2,mail-sent\n`)).toEqual(malformed(3, 'quotes'));
  });
});

describe('noticeStepOf()', () => {
  it('knows the steps in both languages, widths and spelling aside', () => {
    expect(['Mail sent', 'MAIL_BOUNCED', 'ｌｅｔｔｅｒ－sent'].map(noticeStepOf)).toEqual([
      ...['mail-sent', 'mail-bounced', 'letter-sent'],
    ]);
    expect(['メール送信済', '不達', '書面送付'].map(noticeStepOf)).toEqual([
      ...['mail-sent', 'mail-bounced', 'letter-sent'],
    ]);
    expect(['', 'called', 'constructor'].map(noticeStepOf)).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });
});
