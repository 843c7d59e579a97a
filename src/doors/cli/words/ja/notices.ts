import { figure } from '../../figures.ts';
import type { NoticesWords } from '../en/notices.ts';

export const noticesWords: NoticesWords = {
  heading: [
    '注文番号',
    '漏えい対象期間',
    '国際ブランド',
    '下4桁',
    '番号がない理由',
    '通知',
    '通知日時',
  ],
  merchantHeading: '加盟店',
  separator: '、',
  step: { 'mail-sent': 'メール送信', 'mail-bounced': 'メール不達', 'letter-sent': '書面送付' },
  charset: { 'utf-8': 'UTF-8', cp932: 'CP932' },
  exported: (file, incident, merchant) =>
    `事案 ${incident}${merchant === undefined ? ' ' : `(加盟店 ${merchant})`}の通知対象を ${file} に書き出しました。`,
  withCard: 'ブランドと下4桁あり',
  withoutCard: '番号なし',
  unnamed: '下4桁は不明(決済代行会社から未回答)',
  lines: '行(合計)',
  references: (n) => `注文番号 ${figure(n)}件(重複なし)`,
  orders: (n) => `注文 ${figure(n)}件`,
  overHandoffs: (n) => `引き渡し ${figure(n)}件分、重複なし`,
  withoutOrder: (n, isAtMost) =>
    `対象の注文記録にないカードが${isAtMost ? '最大' : ''} ${figure(n)}枚あります。その名義人はこの一覧に含まれず、ここでは特定できません。`,
  fileFacts: (charset, size, digest) => `${charset} · ${size} · sha256 ${digest}`,
  exportedMeans:
    '氏名とカード番号の全桁は含まれていません。このファイルは所有者だけが読めます。取り扱いに注意してください。',
  asText:
    '表計算ソフトでは、すべての列を文字列として取り込んでください。そのまま開くと先頭の 0 が失われます',
  record: (incident) => `mimamori notices record ${incident} --file FILE --as ID`,
  recordLabel: 'メールや書面を送った後に記録します',
  recorded: (lines, added, incident) =>
    `事案 ${incident} の注文番号について ${figure(lines)}行を取り込みました(新規 ${figure(added)}件)。`,
  unknown: (n, lines) =>
    `この事案にない注文番号の ${figure(n)}行は保存していません(${lines}行目)。`,
  title: (incident) => `事案 ${incident} の本人通知`,
  referencesHeading: '注文番号(重複なし)',
  letterDue: '最後がメール不達(書面が必要)',
  untold: '記録なし',
  export: (incident) => `mimamori notices export ${incident} --output FILE --as ID`,
};
