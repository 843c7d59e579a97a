import { figure } from '../../figures.ts';
import type { ProbeWords } from '../en/probe.ts';

export const probeWords: ProbeWords = {
  title: (id, directory) => `${id} のサーバーを ${directory} で測定した結果`,
  yes: '可',
  no: '不可',
  untold: 'サーバーからの情報なし',
  hostKey: 'ホスト鍵',
  exclusive: '排他的な作成',
  exclusiveNo: '不可(既存のファイルを開いてしまう)',
  sync: 'ディスクへの同期',
  readBack: '読み戻し',
  readBackFound: { same: '可(一致)', different: '可(書き込んだ内容と不一致)', refused: '不可' },
  look: '名前の確認',
  list: '一覧の取得',
  rename: '名前の変更',
  dotNames: '先頭が「.」の名前',
  ontoExisting: '既存の名前への変更',
  ontoExistingFound: {
    refused: '拒否される(正常)',
    overwrites: '上書きされる',
    'not-tried': '未測定',
  },
  free: '空き容量',
  limits: '通知された上限',
  limitsText: (read, write, handles) =>
    `読み込み ${read} · 書き込み ${write}${handles > 0 ? ` · 同時に開けるファイル ${figure(handles)}` : ''}`,
  largest: '最大の書き込み',
  leftBehind: (names) => `次のファイルを削除できませんでした: ${names.join(', ')}`,
  overwriteMeans:
    'このサーバーでは、名前を変更すると同じ名前の既存のファイルが失われます。送付の前に確認しますが、このディレクトリーを当方専用にするよう提供先に依頼してください。',
  agrees: '受け渡し先の設定は、測定した結果と一致しています。',
  differs: (traits) => `受け渡し先の設定が、測定した結果と異なります: ${traits.join(', ')}`,
  snippet: (id) =>
    `config/recipients.toml の ${id} の受け渡し先に、次の設定を提案します。提供先と確認してください。`,
  controlAdvice:
    '名前を変更できないため、書きかけのファイルが最終の名前で見えることがあります。制御ファイル(--control-file)を提供先と取り決めてください。',
  updateLabel: '異なる点を設定します。以前の計画の承認は無効になります',
  test: (id) => `mimamori recipient test ${id} --as ID`,
  testLabel: '変更後、最初の本番送付の前に実行します',
};
