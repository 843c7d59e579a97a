import { figure } from '../../figures.ts';
import type { PurgedIncidentWords } from '../en/purged-incident.ts';

export const purgedIncidentWords: PurgedIncidentWords = {
  purged: (incident) => `事案 ${incident} を消去しました。`,
  resumed: '以前に始まり、途中で止まっていた消去を完了しました。',
  kinds: {
    sealed: '封入済みファイル',
    documents: '確認資料と根拠のファイル',
    cards: 'カードのページ',
    hashes: '照合値のページ',
    findings: '検出事項のページ',
    references: '注文番号のページ',
    persons: '氏名の索引(照合用)のページ',
    answers: '参照番号・カードへの回答',
    brought: 'この事案を名指した隔離中のファイル',
    exceptions: '手数料免除の例外',
    notices: '本人通知',
    texts: '名前や理由を消した記録',
  },
  keyGone: '照合値の鍵を破棄しました。この事案のカードは、もう照合できません。',
  stays:
    '残るもの: 監査ログ、計画、承認(その中の理由を含む)、誰がどの操作に署名したか、事案ファイルの内容、件数。',
  unknownFiles: (count) =>
    `隔離中のファイル ${figure(count)}個は、どの事案のものか分からないため残ります(この事案のものかもしれません)。response list で確かめ、対応済みにしてください。`,
  rewritten:
    'ファイルは名前を削除しました。データベースは削除した内容を上書きし、全体を書き直し、書き込みログを空にしました。',
  purgedShort: '消去済み',
  at: (time) => `${time} に消去済み`,
  unfinished: '消去が途中で止まっています。もう一度実行してください',
};
