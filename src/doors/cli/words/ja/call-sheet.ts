import { figure } from '../../figures.ts';
import type { CallSheetWords } from '../en/call-sheet.ts';

export const callSheetWords: CallSheetWords = {
  title: (mode) => `連絡票 · ${mode}`,
  file: 'ファイル',
  size: '大きさ',
  bytes: (n) => `${figure(n)}バイト`,
  digest: 'SHA-256',
  cardsHeading: 'カード',
  references: '管理番号',
  span: (first, last) => `${first} 〜 ${last}`,
  recipient: '提供先',
  key: '暗号化の鍵',
  handoff: '引き渡し',
  steps: '渡し方',
  list: [
    'ファイルはそのままアップロードまたは持参してください。封入済みで、提供先だけが開けます。名前は変えないでください。',
    '以前から知っている電話番号で提供先に連絡し、ファイル名、大きさ、カードの枚数、SHA-256 の最初と最後の組を読み上げてください。',
    'ファイルが届いたこと、署名が当方のものであることを確認してもらい、相手の氏名と時刻を控えてください。',
    'カード番号を電話、メール、チャットで伝えないでください。問い合わせには管理番号で答えます。',
  ],
  drill: '訓練です。通話の最初に訓練であることを伝えてください。',
};
