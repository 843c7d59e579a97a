import { figure, withSlashes } from '../../figures.ts';
import type { CommonWords } from '../en/common.ts';
import { stateNames } from './state-names.ts';

export const commonWords: CommonWords = {
  enumerated: (names) => names.join('、'),
  span: (from, to) => withSlashes(`${from}〜${to}`),
  mode: { live: '本番', drill: '訓練' },
  list: {
    interim: '中間報告分',
    final: '最終報告分',
    extension: '追加分',
    correction: '訂正分',
    recall: '提供の取り下げ',
  },
  listsOf: {
    delta: (recipient, fresh, repeated) =>
      `${recipient}: 送付済みのカード ${figure(repeated)}枚を再度、初めてのカード ${figure(fresh)}枚を提供`,
    cumulative: (recipient, fresh, repeated) =>
      `${recipient}: 一覧の全部(累積)。新規 ${figure(fresh)}枚、再度 ${figure(repeated)}枚`,
  },
  listsAbsent: (cards) => `以前の一覧のカードのうち ${figure(cards)}枚は含まれません`,
  stages: {
    interim: '中間',
    final: '最終',
    extension: '追加',
    correction: '訂正',
    recall: '提供の取り下げ',
  },
  cards: (n) => `カード ${figure(n)}枚`,
  cardCount: (n) => `${figure(n)}枚`,
  records: (n) => `${figure(n)}件`,
  issuers: (n) => `発行会社 ${figure(n)}社`,
  files: (n) => `${figure(n)}ファイル`,
  batches: (n) => `提供ファイル ${figure(n)}件`,
  unknownIssuer: '発行会社不明',
  unknownBrand: 'ブランド不明',
  until: (day) => `${day} まで`,
  noEnd: '期限なし',
  next: '次',
  then: 'その後',
  comma: '、',
  standardInput: '標準入力',
  sourceKind: { orders: '注文記録', recovered: '調査・決済側の一覧', references: '参照番号' },
  signedBy: (sender) => `${sender} の署名あり`,
  unsignedSource: '暗号化あり、登録済みの署名なし(理由を記録して受け入れ)',
  receivedBy: {
    mail: 'メールで受領',
    portal: 'ポータルで受領',
    sftp: 'SFTP で受領',
    media: '媒体で受領',
    'own-system': '自社システムから出力',
    box: '受取箱で受領',
  },
  batchState: stateNames.batch,
  handoffState: {
    preparing: '準備中',
    unsigned: '依頼者の署名待ち',
    undecided: '承認待ち',
    'one-person': '1名での実施(2人目の署名待ち)',
    approve: '承認済み',
    decline: '却下',
    cancel: '中止',
    decided: '決定済み',
    'nothing-to-send': '送付なし',
  },
};
