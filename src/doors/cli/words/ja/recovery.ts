import { figure } from '../../figures.ts';
import type { RecoveryWords } from '../en/recovery.ts';

export const recoveryWords: RecoveryWords = {
  lost: '失われた項目',
  lostEntries: (from, to) => (from === to ? from : `${from}〜${to}`),
  newLog: '新しい監査ログ',
  begins: (entry, name) => `項目 ${entry} から。名前は ${name}`,
  newKey: '新しい鍵',
  oldKey: '以前の鍵',
  requester: '申請者',
  approver: '承認者',
  reason: '理由',
  statement: '申請書',
  waits: (path) => `まだ再開していません。署名が必要な申請書: ${path}`,
  signIt: 'そのファイルに gpg --detach-sign で署名(別の機器でも可)',
  requestSigned: (by) => `mimamori audit recover --as ${by} --signature FILE.sig`,
  requested: (by) =>
    `${by} が、失われた項目なしで監査ログを続けることを申請しました。まだ何も変わっていません。`,
  meansForAll:
    '失われた項目で行われたことは、取り消されていません。送付済みのファイルや、担当者・提供先の変更があったかもしれません。',
  approve: (name) => `mimamori audit recover ${name} --as ID --officer-key FILE`,
  approveLabel: '申請者以外の承認者',
  approveSigned: (name, by) => `mimamori audit recover ${name} --as ${by} --signature FILE.sig`,
  recovered: (name) => `監査ログは、${name} という名前と別の鍵で続きます。`,
  doubted: (n) =>
    `提供ファイル ${figure(n)}件は、失われた項目の中で送付されたおそれがあり、自動では送付しません。それぞれ提供先に確認し、その答えを記録してください。`,
  old: 'ほかのことも、やり直す前に確認してください。この写しの記録は古いかもしれません。',
  undecided: (n) =>
    `未決定の引き渡し ${figure(n)}件は、承認・送付済みかもしれません。承認する前に提供先に確認してください。`,
  backup: 'すぐに作成(以前のものからは再開できません)',
  status: '確認を待っているもの',
  resolve: 'mimamori handoff resolve BATCH --outcome stored|not-stored --as ID --reason "…"',
  exportKey: '監査ログを検証する全員に、監査ログとは別の経路で',
  wasRecovered: (entry) => `項目 ${entry} で監査ログを再開しています:`,
  unconfirmed:
    '再開の前後をつなぐ署名はありません。次の鍵は2名の担当者が申請書に署名して示しています。gpg で確かめ、その鍵を --vkey で指定してください。',
  unconfirmedNext: '申請書、2名の署名、新しい鍵を、監査ログの管理者に求めてください',
  lostMeans: (entry, from) =>
    `そのチェックポイントは本物ですが、対象の項目はこの監査ログにもうありません。${from} 以降の項目が失われたことは、項目 ${entry} に記録されています。ほかはすべて正常です。`,
  lostNext: 'チェックポイントを保管し、その項目で何が行われたか確認してください',
};
