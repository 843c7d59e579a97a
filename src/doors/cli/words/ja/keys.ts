import { figure } from '../../figures.ts';
import type { KeyWords } from '../en/keys.ts';

export const keyWords: KeyWords = {
  listTitle: (n) => `このワークスペースと相手の鍵 ${figure(n)}個`,
  purpose: {
    openpgp: '自社の OpenPGP 鍵',
    sftp: '自社の SFTP 鍵',
    log: '監査ログの鍵',
    workspace: 'ワークスペースの鍵',
    'keyed-hash': '照合値の鍵',
    recipient: '提供先',
    officer: '担当者',
    sender: '送付元',
  },
  keyState: {
    'in-use': '使用中',
    retiring: '引退予定',
    retired: '引退済み',
    destroyed: '破棄済み',
  },
  use: {
    sign: '署名',
    decrypt: '受信ファイルの復号',
    'log-in': 'ログイン',
    'sign-checkpoints': 'チェックポイントへの署名',
    wrap: 'ほかの鍵の保護',
    hash: '照合値の計算',
    encrypt: '宛先としての暗号化',
    verify: '署名の検証',
  },
  useSeparator: '、',
  bits: (n) => `${figure(n)}ビット`,
  made: (day) => `作成 ${day}`,
  expires: (day) => `期限 ${day}`,
  never: '期限なし',
  custodian: (who) => `管理者 ${who}`,
  noCustodian: '管理者は未設定',
  period: (day) => `利用期間は ${day} まで`,
  noPeriod: '利用期間は未設定',
  left: (days) => (days < 0 ? '期限切れ' : days === 0 ? '今日まで' : `残り ${figure(days)}日`),
  ending: {
    expiry: (key, left) => `${key}の有効期間: ${left}`,
    cryptoperiod: (key, left) => `${key}の利用期間: ${left}`,
  },
  setThem: '管理者と利用期間は config/mimamori.toml の [keys.openpgp] などで設定します。',
  problem: (why) => `現在は使えません: ${why}`,
};
