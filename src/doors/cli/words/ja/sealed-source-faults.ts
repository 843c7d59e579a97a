import type { Facts } from '../../../../domain/fault.ts';
import { fingerprintGroups } from '../../figures.ts';
import type { sealedSourceFaults as en } from '../en/sealed-source-faults.ts';
import { about, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const source = (f: Facts): string =>
  factOf(f, 'file') ??
  (about(f, 'source', (n) => `${n}番目の暗号化された入力ファイル`) || '暗号化された入力ファイル');
const nothingKept = '読み込んだ分は破棄しました。何も保存・送付していません。';
const giveKey = { command: 'mimamori key export --openpgp', label: '暗号化に使ってもらう鍵' };
const sendAgain = '送付元に再送を依頼し、電話でファイルの大きさを確認してください';

export const sealedSourceFaults: Record<keyof typeof en, FaultWords> = {
  'source-not-openpgp': {
    what: (f) => `${source(f)} は受け付けられません。OpenPGP のメッセージではありません`,
    means: () => nothingKept,
    next: () => [
      '暗号化の方法を送付元に確認してください。OpenPGP(gpg --encrypt --sign)に対応しています',
      giveKey,
    ],
  },
  'source-not-for-us': {
    what: (f) => `${source(f)} は受け付けられません。当方の鍵で暗号化されていません`,
    means: () => nothingKept,
    next: () => [
      '当方の鍵での暗号化を送付元に依頼し、電話でフィンガープリントを確認してください',
      giveKey,
    ],
  },
  'source-passphrase-only': {
    what: (f) => `${source(f)} は受け付けられません。パスフレーズだけで暗号化されています`,
    means: () => `パスフレーズはファイルと一緒に送られがちです。${nothingKept}`,
    next: () => ['当方の鍵での暗号化を送付元に依頼してください', giveKey],
  },
  'source-encryption-unsupported': {
    what: (f) =>
      `${source(f)} は受け付けられません。暗号化の方式に対応していません${about(f, 'found', (x) => `(${x})`)}`,
    means: () => `改ざん検知がないと、書き換えられた一覧を見分けられません。${nothingKept}`,
    next: () => [
      'GnuPG 2 の既定の設定(AES、MDC 付き)での暗号化を送付元に依頼してください',
      giveKey,
    ],
  },
  'source-malformed': {
    what: (f) =>
      `${source(f)} は受け付けられません。OpenPGP のメッセージとして正しい構造ではありません`,
    means: () => nothingKept,
    next: () => [sendAgain],
  },
  'source-truncated': {
    what: (f) => `${source(f)} は受け付けられません。末尾が欠けています`,
    means: () => `末尾がないと、監視されないカードが残ります。${nothingKept}`,
    next: () => [sendAgain],
  },
  'source-altered': {
    what: (f) => `${source(f)} は受け付けられません。暗号化の後に変更または破損しています`,
    means: () => nothingKept,
    next: () => [sendAgain, '繰り返す場合は、受け渡しの経路が安全でないものとして扱ってください'],
  },
  'source-unsigned': {
    what: (f) => `${source(f)} は受け付けられません。署名がありません`,
    means: () =>
      `当方宛ての暗号化は誰にでもできます。監視するカードを他人に決めさせてはいけません。${nothingKept}`,
    next: () => [
      '署名と暗号化の両方(gpg --sign --encrypt)を送付元に依頼してください',
      {
        command: 'mimamori handoff prepare … --accept-unsigned --reason TEXT',
        label: '誰の一覧かを別の方法で確かめた場合。計画と監査ログに残ります',
      },
    ],
  },
  'source-signer-unknown': {
    what: (f) =>
      `${source(f)} は受け付けられません。未登録の鍵で署名されています${about(f, 'keyId', (id) => `(鍵 ID ${fingerprintGroups(id)})`)}`,
    means: () => nothingKept,
    next: () => [
      '以前から知っている電話番号で送付元に連絡し、フィンガープリントを確認してください',
      {
        command:
          'mimamori sender add ID --name TEXT --certificate FILE --fingerprint … --confirmed-by "…" --kind pfi',
      },
    ],
  },
  'source-signature-early': {
    what: (f) => `${source(f)} は受け付けられません。送付より前に署名されています`,
    means: () => `別のファイルへの回答か、先方の時計の誤りです。${nothingKept}`,
    next: () => ['何への回答かを提供先に確認し、改めて署名した回答を依頼してください', sendAgain],
  },
  'source-signature-wrong': {
    what: (f) => `${source(f)} は受け付けられません。署名が成り立ちません`,
    means: () => `内容が、送付元の署名したものと違います。${nothingKept}`,
    next: () => [
      '以前から知っている電話番号で送付元に連絡してください。ファイルは使わないでください',
      sendAgain,
    ],
  },
  'source-too-large': {
    what: (f) =>
      `${source(f)} は受け付けられません。復号すると上限を超えます${about(f, 'bytesMax', (n) => `(上限 ${n}バイト)`)}`,
    means: () => `メモリーを使い切るように作られたおそれがあります。${nothingKept}`,
    next: () => ['一覧の大きさを送付元に確認し、正しければ分割を依頼してください'],
  },
  'source-unfinished': {
    what: (f) => `${source(f)} を最後まで読み込めませんでした`,
    means: () => `本物かどうかは最後まで読まないと分かりません。${nothingKept}`,
    next: () => ['もう一度実行してください。繰り返す場合は、下のコードを添えて報告してください'],
  },
  'bin-table-changed': {
    what: () => '読み込み中に発行会社表が変わりました',
    means: () => '何も保存・送付していません。',
    next: () => ['もう一度実行してください'],
  },
  'tally-wrong': {
    what: (f) => `件数が合いません${about(f, 'read', (n) => `(読み込み ${n}件)`)}`,
    means: () => '途中でカードが失われたおそれがあるため、何も保存・送付していません。',
    next: () => [
      'Mimamori の不具合です。下のコードを添えて報告してください。一覧は絶対に添付しないでください',
    ],
  },
  'card-process-died': {
    what: (f) =>
      `カード番号を読み込むプロセスが応答せずに終了しました${about(f, 'signal', (s) => `(${s})`)}`,
    means: () => '何も保存・送付していません。メモリー不足のおそれがあります。',
    next: () => [
      { command: 'dmesg | tail', label: 'システムに止められたか確認します' },
      'もう一度実行してください。メモリーが足りない場合は、入力ファイルを分けてください',
    ],
  },
  'process-inspectable': {
    what: (f) =>
      `Node が、外からメモリーを見られる設定で起動されています${about(f, 'option', (o) => `(${o})`)}`,
    means: () => 'デバッガーやダンプからカード番号が見えてしまいます。何も読み込んでいません。',
    next: () => [{ command: 'unset NODE_OPTIONS' }, 'その後、もう一度実行してください'],
  },
  'core-dumps-possible': {
    what: () => '異常終了すると、メモリーの内容がコアファイルとして残る設定です',
    means: () =>
      'カード番号やパスフレーズがディスクに残るおそれがあり、ここからは制限を設定できません。何も行っていません。',
    next: () => [
      { command: 'ulimit -c 0' },
      'その後、もう一度実行してください(systemd では LimitCORE=0)',
    ],
  },
  interrupted: {
    what: () => '中断しました',
    means: () => '書きかけのものは削除しました。何も保存・送付していません。',
    next: () => ['準備ができたら、同じコマンドをもう一度実行してください'],
  },
};
