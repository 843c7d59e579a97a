import type { Facts } from '../../../../domain/fault.ts';
import { figure } from '../../figures.ts';
import type { noticesFaults as en } from '../en/notices-faults.ts';
import { about, fact, numberOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const columns: Readonly<Record<string, string>> = {
  reference: '注文番号がありません',
  status:
    '状態が mail-sent(メール送信)、mail-bounced(メール不達)、letter-sent(書面送付)のどれでもありません',
  at: '日時がないか、読めないか、未来です',
  quotes: '引用符が閉じていません',
  charset: 'UTF-8 でも CP932 でもありません',
};
const columnOf = (f: Facts): string => columns[fact(f, 'column', '')] ?? '読めません';

export const noticesFaults: Record<keyof typeof en, FaultWords> = {
  'notices-empty': {
    what: (f) => `事案 ${fact(f, 'incident', '')} には通知に使う注文番号がありません`,
    means: (f) =>
      numberOf(f, 'handoffs') === 0
        ? '対象になる引き渡しがありません(ないか、すべて中止または却下されています)。'
        : '引き渡しの入力ファイルに注文番号の列がありませんでした。ファイルは書き出していません。',
    next: () => [
      {
        command:
          'mimamori handoff prepare --incident ID --source FILE --columns reference=… --as ID',
        label: '注文番号の列を指定します',
      },
    ],
  },
  'charset-lacks': {
    what: (f) =>
      `${figure(numberOf(f, 'rows') ?? 0)}行に ${fact(f, 'charset', 'この文字コード').toUpperCase()} で表せない文字があります`,
    means: (f) =>
      `文字を省いたり ? に置き換えたりはしません${about(f, 'first', (line) => `(最初は ${line}件目)`)}。ファイルは書き出していません。`,
    next: () => ['--charset utf-8 で書き出してください。新しい表計算ソフトはそのまま開けます'],
  },
  'notice-record-malformed': {
    what: (f) => `表の ${fact(f, 'line', '?')}行目: ${columnOf(f)}`,
    means: () => 'このファイルからは何も取り込んでいません。',
    next: () => [
      'reference、status、at の列がある表を指定してください。日時は 2026-11-22 14:05 または 2026/11/22 の形です',
    ],
  },
};
