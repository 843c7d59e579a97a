import type { StateNames } from '../en/state-names.ts';

export const stateNames: StateNames = {
  batch: {
    built: '封入済み',
    approved: '承認済み',
    sending: '送付中',
    publishing: '格納中',
    stored: '格納済み',
    presumed: '到達不明',
    conflict: '名前の衝突',
    written: '書き出し済み',
    offered: '受取待ち',
    'partly-read': '一部取得',
    read: '全部取得',
    taken: '受取済み',
    failed: '送付失敗',
    expired: '期限切れ',
    cancelled: '中止',
    claimed: '申告',
    'sent-elsewhere': '別途送付済み',
  },
  waiver: {
    'not-requested': '未依頼',
    requested: '依頼済み',
    granted: '免除',
    'granted-with-terms': '条件付き免除',
    declined: '不可',
    'no-answer': '無回答',
    disputed: '協議中',
    closed: '終了',
  },
};
