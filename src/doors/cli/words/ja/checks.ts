import { about, fact } from '../fault-words.ts';
import type { CheckWords } from '../check-words.ts';

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
  unreadable: '読めない',
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
  recipients: {
    name: '提供先',
    bad: () => '有効な提供先がありません',
    advice: 'mimamori recipient add ID …',
  },
  certificate: {
    name: '証明書',
    found: (f) =>
      `${kinds[fact(f, 'kind', '')] ?? ''} ${fact(f, 'id', '?')}${about(f, 'daysLeft', (n) => `、残り ${n}日`)}`,
    bad: (f) =>
      `${kinds[fact(f, 'kind', '')] ?? ''} ${fact(f, 'id', '?')}: ${about(f, 'problem', (p) => p) || about(f, 'daysLeft', (n) => `残り ${n}日`)}`,
    advice: '早めに次の証明書を依頼してください',
  },
  log: {
    name: '監査ログ',
    bad: (f) => fact(f, 'breach', '成り立ちません'),
    advice: 'mimamori audit verify',
  },
  anchor: {
    name: 'アンカー',
    found: (f) => anchors[fact(f, 'anchor', 'agrees')] ?? fact(f, 'anchor', ''),
    bad: (f) => anchors[fact(f, 'anchor', '')] ?? fact(f, 'anchor', '異常'),
    advice: '[log] anchor に、別のディスクのディレクトリーを指定してください',
  },
};
