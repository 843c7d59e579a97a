import { about, fact } from '../fault-words.ts';
import { sizeIn } from '../../figures.ts';
import type { CheckWords } from '../check-words.ts';
import { placeWords } from './place-checks.ts';

const kinds: Readonly<Record<string, string>> = {
  recipient: '提供先',
  officer: '担当者',
  sender: '送付元',
};
const anchors: Readonly<Record<string, string>> = {
  agrees: '一致',
  absent: '未設定',
  empty: 'まだ空',
  ahead: 'アンカーの方が新しい',
  forked: '不一致',
  missing: '書き込んだ内容がない',
  unreadable: '読めない',
};

const anchorAdvice: Readonly<Record<string, string>> = {
  absent: '[log] anchor に、別のディスクのディレクトリーを指定してください',
  missing: 'アンカーのディスクをマウントするか、[log] anchor を元に戻してください',
};

export const checkWords: Readonly<Record<string, CheckWords>> = {
  node: {
    name: 'Node と SQLite',
    found: (f) => `Node ${fact(f, 'version', '?')}、SQLite ${fact(f, 'sqlite', '?')}`,
  },
  'core-dumps': {
    name: 'コアダンプ',
    bad: () => '異常終了時にメモリーがディスクに書かれるおそれがあります',
    advice: 'ulimit -c 0、または systemd の LimitCORE=0',
  },
  swap: {
    name: 'スワップ',
    bad: () => 'メモリーが暗号化されていないスワップに書かれるおそれがあります',
    advice: 'スワップを止めるか暗号化してください',
  },
  inspection: {
    name: 'メモリーの保護',
    bad: (f) => `Node が ${fact(f, 'option', 'オプション')} 付きで起動されています`,
    advice: 'unset NODE_OPTIONS',
  },
  'private-files': {
    name: 'ファイルの権限',
    bad: (f) => `ほかの利用者が読めます: ${fact(f, 'files', 'ワークスペースのファイル')}`,
    advice: 'ワークスペースに chmod -R go-rwx を実行してください',
  },
  'durable-disk': {
    name: 'ディスク',
    bad: (f) => `データベースが、失われるおそれのある場所(${fact(f, 'fileSystem', '?')})にあります`,
    advice: 'この機器のディスクに置いてください',
  },
  officers: {
    name: '担当者',
    bad: (f) =>
      `依頼できる人 ${fact(f, 'officers', '0')}名、承認できる人 ${fact(f, 'approvers', '0')}名。依頼者以外の承認者が ${fact(f, 'required', '1')}名必要です`,
    advice: 'mimamori officer add ID …',
  },
  'configuration-approved': {
    name: '設定',
    found: (f) => `${fact(f, 'configuration', '?')} を適用中`,
    bad: (f) =>
      f['problem'] === 'emergency'
        ? `${fact(f, 'configuration', '?')} は緊急の扱いで猶予時間なしに適用されました`
        : f['problem'] === 'unproven'
          ? '署名と監査ログで確かめられません。本番の引き渡しはできません'
          : 'まだ承認されていません。本番の引き渡しはできません',
    command: (f) =>
      f['problem'] === 'emergency' || f['problem'] === 'unproven'
        ? 'mimamori config history'
        : 'mimamori config propose --as ID --officer-key FILE',
  },
  'configuration-files': {
    name: 'config/ のファイル',
    bad: (f) =>
      f['code'] === undefined
        ? `${fact(f, 'files', 'ファイル')} の内容が適用中の設定と異なり、使われていません`
        : 'ファイルを読めません。承認済みの設定を使っています',
    command: () => 'mimamori config diff',
  },
  recipients: {
    name: '提供先',
    bad: () => '有効な提供先がありません',
    advice: 'mimamori recipient add ID …',
  },
  'weak-algorithms': {
    name: 'SSH の弱い方式',
    bad: (f) => `${fact(f, 'id', '?')} には ${fact(f, 'algorithms', '?')} を許可しています`,
    advice: '提供先に更新を依頼し、その後 mimamori recipient update ID --allow-algorithm none',
  },
  certificate: {
    name: '証明書',
    found: (f) =>
      `${kinds[fact(f, 'kind', '')] ?? ''} ${fact(f, 'id', '?')}${about(f, 'daysLeft', (n) => `、残り ${n}日`)}`,
    bad: (f) =>
      `${kinds[fact(f, 'kind', '')] ?? ''} ${fact(f, 'id', '?')}: ${about(f, 'problem', (p) => p) || about(f, 'daysLeft', (n) => `残り ${n}日`)}`,
    advice: '早めに次の証明書を依頼してください',
  },
  clocks: {
    name: '期限',
    found: (f) => `進行中 ${fact(f, 'owed', '0')}件`,
    bad: (f) => `期限超過 ${fact(f, 'overdue', '0')}件(${fact(f, 'incidents', '')})`,
    advice: 'mimamori incident clocks ID',
  },
  holidays: {
    name: '祝日表',
    found: (f) => `${fact(f, 'last', '?')}年まで(${fact(f, 'edition', '?')} 現在)`,
    bad: (f) =>
      `${fact(f, 'last', '?')}年までしかありません(${fact(f, 'edition', '?')} 現在)。以後の期限は計算されません`,
    advice: '新しい版のプログラムを導入してください',
  },
  'one-person': {
    name: '1名での実施',
    bad: (f) =>
      `引き渡し ${fact(f, 'handoff', '?')} は ${fact(f, 'officer', '?')} が1名で送付。2人目の署名の期限 ${fact(f, 'due', '?')}`,
    advice: 'mimamori handoff approve HANDOFF --as ID --officer-key FILE',
  },
  'recipient-tested': {
    name: '提供先のテスト',
    found: (f) => `${fact(f, 'id', '?')}${about(f, 'drill', () => ': 訓練では不要')}`,
    bad: (f) => `${fact(f, 'id', '?')}: 現在の証明書、形式、受け渡し先でのテストが済んでいません`,
    command: (f) => `mimamori recipient test ${fact(f, 'id', 'ID')} --as ID`,
  },
  'recipient-profile': {
    name: 'ファイル形式',
    bad: (f) => `${fact(f, 'id', '?')}: ${fact(f, 'problem', '?')}`,
    command: (f) => `mimamori recipient show ${fact(f, 'id', 'ID')}`,
  },
  'our-key': {
    name: '自社の OpenPGP 鍵',
    found: (f) => about(f, 'daysLeft', (n) => `残り ${n}日`),
    bad: (f) => about(f, 'problem', (p) => p) || about(f, 'daysLeft', (n) => `残り ${n}日`),
    command: () => 'mimamori key sheet',
  },
  cryptoperiod: {
    name: '鍵の利用期間',
    found: (f) =>
      `${fact(f, 'purpose', '?')}${about(f, 'id', (id) => ` ${id}`)}(残り ${fact(f, 'daysLeft', '?')}日)`,
    bad: (f) =>
      `${fact(f, 'purpose', '?')}${about(f, 'id', (id) => ` ${id}`)}: 残り ${fact(f, 'daysLeft', '?')}日`,
    command: () => 'mimamori key list',
  },
  'issuer-table': {
    name: '発行会社表',
    found: (f) => `${fact(f, 'days', '0')}日前に取り込み`,
    bad: (f) =>
      f['problem'] === 'missing'
        ? '未登録のため、発行会社はすべて不明になります'
        : f['problem'] === 'altered'
          ? '取り込んだ内容とファイルが異なります'
          : `${fact(f, 'days', '?')}日前に取り込み`,
    command: () => 'mimamori bins import FILE',
  },
  clock: {
    name: '時計',
    found: (f) => `${fact(f, 'now', '?')}。監査ログより遅れていません(正確さは未確認)`,
    bad: (f) => `${fact(f, 'now', '?')} は監査ログの最新の記録より前です`,
    advice: 'この機器の時計を合わせてください',
  },
  passphrase: {
    name: 'パスフレーズ',
    found: (f) =>
      ({ file: 'ファイルは所有者だけが読めます', credential: '資格情報で開けます' })[
        String(f['from'])
      ] ?? 'ファイルの指定なし',
    bad: (f) =>
      `${f['from'] === 'credential' ? '資格情報' : fact(f, 'file', 'ファイル')}: ${fact(f, 'problem', '?')}`,
    command: (f) =>
      f['from'] === 'credential' ? 'mimamori key list' : `chmod 600 ${fact(f, 'file', 'FILE')}`,
  },
  'free-space': {
    name: '空き容量',
    found: (f) => sizeIn(Number(f['bytes']), 'ja'),
    bad: (f) =>
      `残り ${sizeIn(Number(f['bytes']), 'ja')}(必要 ${sizeIn(Number(f['needed']), 'ja')})`,
    advice: 'ワークスペースのディスクを空けてください',
  },
  ...placeWords('workspace-place', 'ワークスペースの場所'),
  ...placeWords('source-place', '入力ファイルの場所'),
  ...placeWords('backup-place', 'バックアップの場所'),
  log: {
    name: '監査ログ',
    bad: (f) => fact(f, 'breach', '成り立ちません'),
    advice: 'mimamori audit verify',
  },
  restored: {
    name: '復元',
    found: (f) => `バックアップ ${fact(f, 'backup', '?')} から復元。矛盾なし`,
    bad: (f) =>
      `バックアップ ${fact(f, 'backup', '?')} から復元。閲覧専用(${fact(f, 'code', '?')})`,
    advice: 'docs/operating/backup.md を参照してください',
  },
  anchor: {
    name: 'アンカー',
    found: (f) => anchors[fact(f, 'anchor', 'agrees')] ?? fact(f, 'anchor', ''),
    bad: (f) => anchors[fact(f, 'anchor', '')] ?? fact(f, 'anchor', '異常'),
    command: (f) => anchorAdvice[fact(f, 'anchor', '')] ?? 'mimamori audit verify',
  },
};
