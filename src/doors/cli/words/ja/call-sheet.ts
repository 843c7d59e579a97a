import { figure } from '../../figures.ts';
import type { CallSheetWords } from '../en/call-sheet.ts';

export const callSheetWords: CallSheetWords = {
  title: (mode) => `連絡票 · ${mode}`,
  file: 'ファイル',
  size: 'サイズ',
  bytes: (n) => `${figure(n)}バイト`,
  digest: 'SHA-256',
  cardsHeading: 'カード',
  references: '管理番号',
  span: (first, last) => `${first} 〜 ${last}`,
  recipient: '提供先',
  key: '証明書',
  handoff: '引き渡し',
  steps: '渡し方',
  list: [
    'ファイルはそのままアップロードまたは持参してください。封入済みで、提供先だけが開けます。名前は変えないでください。',
    '以前から知っている電話番号で提供先に連絡し、ファイル名、サイズ、カードの枚数、SHA-256 の最初と最後の組を読み上げてください。',
    'ファイルが届いたこと、署名が当方のものであることを確認してもらい、誰が、どの手段で、いつ答えたかを下の欄に控えてください。',
    'カード番号を電話、メール、チャットで伝えないでください。問い合わせには管理番号で答えます。',
  ],
  incidentZone: '事案と同じ',
  noteTitle: '申告の控えと記録',
  note: [
    ['格納された(stored)/受領した(received)', '______________________'],
    ['電話/メール/ポータル', '______________________'],
    ['氏名と部署、かけた電話番号', '______________________'],
    ['日時', '____-__-__ __:__'],
    ['メールや画像の保存先', '______________________'],
  ],
  thenRun: (zone) => `控えた内容で次を実行してください(時刻のタイムゾーン: ${zone}):`,
  record: (batch) =>
    `mimamori handoff record ${batch} --rung received --channel phone --by "氏名" --at "YYYY-MM-DD HH:MM" --evidence FILE --as ID`,
  drill: '訓練です。通話の最初に訓練であることを伝えてください。',
};
