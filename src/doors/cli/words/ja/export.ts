import { figure } from '../../figures.ts';
import type { ExportWords } from '../en/export.ts';

export const exportWords: ExportWords = {
  withCode: (text, code) => `${text}(${code})`,
  made: (directory) => `監査ログを ${directory} に書き出しました。他社のツールでも検証できます。`,
  log: '監査ログ',
  entries: '項目',
  root: 'ルート',
  checkpoint: 'チェックポイント',
  signedNow: 'すべての項目について、いま署名しました',
  newest: '署名済みの最新のもの。今回は署名していません(--passphrase-file の指定なし)',
  left: '含まない項目',
  leftOut: (entries) => `このチェックポイントより後の ${figure(entries)}件。まだ署名されていません`,
  verifierKey: '監査ログの検証鍵',
  proven: (index, proof, entry) =>
    `${index}番の項目の証明を ${proof} に、項目を ${entry} に書き出しました。`,
  provenMeans: (size) =>
    `中のチェックポイントは ${figure(size)}件までのものです。二つのファイルと検証鍵だけで検証できます。`,
  proofHolds: '証明は成り立ちます。監査ログは、この項目を含めて署名しています。',
  proofBreaks: '証明が成り立ちません。',
  proofBreach: {
    'checkpoint-malformed': '中のチェックポイントを読めません',
    'checkpoint-bad-signature': '中のチェックポイントが、この鍵で署名されていません',
    'checkpoint-other-log': '中のチェックポイントが別の監査ログのものです',
    'entry-not-included': 'この項目は、証明の対象の項目ではありません',
    'leaf-malformed': '監査ログのその位置にあるものを、項目として読めません',
  },
  entry: '項目',
  entryOf: (index, size) => `${index}番(全 ${figure(size)}件)`,
  at: '時刻',
  act: '操作',
  object: '対象',
  result: { done: '完了', refused: '拒否', failed: '失敗' },
  holds:
    'カード番号、名前、自由記述は含みません。検証方法は、中の README.ja.md と README.md にあります。',
  handKeyApart:
    '検証鍵は別の経路でも渡してください。監査ログと一緒に届いた鍵では、両者が一致することしか分かりません。',
};
