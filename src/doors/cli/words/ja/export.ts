import { figure } from '../../figures.ts';
import type { ExportWords } from '../en/export.ts';

export const exportWords: ExportWords = {
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
  holds:
    'カード番号、名前、自由記述は含みません。検証方法は、中の README.ja.md と README.md にあります。',
  handKeyApart:
    '検証鍵は別の経路でも渡してください。監査ログと一緒に届いた鍵では、両者が一致することしか分かりません。',
};
