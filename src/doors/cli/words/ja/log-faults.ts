import type { logFaults as en } from '../en/log-faults.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const verify: Step = { command: 'mimamori audit verify', label: 'どこが成り立たないか表示します' };
const bug = 'Mimamori の不具合です。下のコードを添えて報告してください';
const notDone = '記録できない操作は行いません。何も変更していません。';
const keep = 'この data/ の写しを、証拠としてそのまま保管してください';

const internal = (what: string): FaultWords => ({
  what: () => what,
  means: () => notDone,
  next: () => [bug],
});

const anchorAgain: Step = {
  command: 'mimamori audit anchor --second OFFICER --second-signature FILE --as ID --reason "…"',
  label: '同じ理由で、もう一度',
};

export const logFaults: Record<keyof typeof en, FaultWords> = {
  'tree-range': internal('監査ログにない項目が求められました'),
  'tree-hash-size': internal('監査ログのハッシュの長さが正しくありません'),
  'tree-node-missing': {
    what: () => 'データベースから監査ログの一部が失われています',
    means: () => '何も署名・送付していません。',
    next: () => [verify, keep],
  },
  'checkpoint-malformed': {
    what: (f) => `チェックポイントを読めません${about(f, 'line', (n) => `(${n}行目)`)}`,
    next: () => ['改行や文字を変えていない、書かれたままのファイルを指定してください'],
  },
  'note-malformed': {
    what: (f) => `署名付きの文書を読めません${about(f, 'reason', (r) => `(${r})`)}`,
    next: () => ['改行や文字を変えていない、書かれたままのファイルを指定してください'],
  },
  'proof-malformed': {
    what: (f) => `証明を読めません${about(f, 'line', (n) => `(${n}行目)`)}`,
    next: () => ['改行や文字を変えていない、書かれたままのファイルを指定してください'],
  },
  'note-signature-bad': {
    what: () => 'チェックポイントの署名が成り立ちません',
    means: () => '署名後に変更されたか、この監査ログの署名ではありません。',
    next: () => [keep, verify],
  },
  'note-signer-unknown': {
    what: () => 'チェックポイントが、この監査ログの鍵で署名されていません',
    next: () => [
      { command: 'mimamori key export --log', label: 'この監査ログの鍵' },
      'チェックポイントがこのワークスペースのものか確認してください',
    ],
  },
  'verifier-key-malformed': {
    what: () => '監査ログの検証鍵を読めません',
    next: () => ['mimamori key export --log が表示する1行をそのまま指定してください'],
  },
  'leaf-too-large': internal('監査ログの項目が大きすぎます'),
  'leaf-card-number': {
    what: (f) => `カード番号が監査ログに入るところでした${about(f, 'field', (x) => `(${x})`)}`,
    means: () => notDone,
    next: () => ['入力した名前、ID、理由にカード番号が含まれていないか確認してください', bug],
  },
  'leaf-field-refused': internal('監査ログの項目の種類が正しくありません'),
  'leaf-malformed': {
    what: () => '監査ログの項目を読めません',
    means: () => 'より新しい版で書かれたか、変更されています。',
    next: () => [verify, keep],
  },
  'json-not-encodable': internal('文書を、署名に使う形で書けません'),
  'json-not-canonical': {
    what: () => '保存された文書が、書いたときの形と違います',
    means: () => '変更されているため、使用しません。',
    next: () => [verify, keep],
  },
  'log-unsigned': {
    what: () => 'この監査ログには、署名されたチェックポイントがまだありません',
    means: () => '署名のない書き出しは何の証拠にもなりません。何も書き出していません。',
    next: () => [
      { command: 'mimamori audit export DIR --passphrase-file F', label: '先に署名します' },
    ],
  },
  'entry-unproven': {
    what: (f) =>
      `${fact(f, 'index', '?')}番の項目は、まだどのチェックポイントにも含まれていません(最新のものは ${fact(f, 'size', '?')}件まで)`,
    next: () => [
      { command: 'mimamori audit tail', label: '最近の項目の番号' },
      { command: 'mimamori audit export DIR --passphrase-file F', label: '新しく署名します' },
    ],
  },
  'log-altered': {
    what: (f) =>
      `監査ログの項目が、署名されるルートハッシュと合いません${about(f, 'index', (n) => `(${n}番の項目)`)}`,
    means: () => '項目が変更、削除、追加されました。監査ログの内容に基づく処理は行いません。',
    next: () => [verify, keep],
  },
  'log-entry-missing': {
    what: (f) =>
      `データベースから監査ログの項目が失われています${about(f, 'index', (n) => `(${n}番以降)`)}`,
    means: () => '署名されたチェックポイントには含まれています。何も書き出していません。',
    next: () => [verify, keep],
  },
  'checkpoint-unusable': {
    what: (f) => `最新のチェックポイントが成り立ちません${about(f, 'reason', (r) => `(${r})`)}`,
    means: () => '署名後に変更されたか、この監査ログのものではありません。何も書き出していません。',
    next: () => [verify, keep],
  },
  'anchor-malformed': {
    what: (f) => `アンカーのチェックポイントを使えません${about(f, 'reason', (r) => `(${r})`)}`,
    means: () => '正しいアンカーがないと署名できず、この機器から何も送付しません。',
    next: () => [
      'アンカーのディレクトリーに誰が書き込んだか確認し、そのファイルを別の場所に保管してください',
      { command: 'mimamori doctor' },
    ],
  },
  'anchor-other-log': {
    what: () => 'アンカーに別の監査ログのチェックポイントがあります',
    means: () =>
      '一つのアンカーを二つのワークスペースで使うことはできません。何も署名・送付していません。',
    next: () => ['config/mimamori.toml で、このワークスペース専用のアンカーを指定してください'],
  },
  'anchor-ahead': {
    what: (f) =>
      `ワークスペースがアンカーより古い状態です(現在 ${fact(f, 'size', '?')}件、アンカー ${fact(f, 'anchored', '?')}件)`,
    means: () =>
      '以前の写しに戻されています。続けると監査ログが分岐し、二重送付のおそれがあります。何も送付していません。',
    next: () => [
      '新しい方の data/ を探し、そちらを使ってください',
      {
        command: 'mimamori audit recover --as ID --reason "…"',
        label: '完全に失われた場合だけ(2名が必要)',
      },
    ],
  },
  'anchor-missing': {
    what: (f) =>
      `アンカーに、この監査ログが書き込んだはずの内容がありません(記録 ${fact(f, 'recorded', '?')}件、アンカー ${fact(f, 'anchored', '0')}件)`,
    means: () =>
      'ディスクがマウントされていないか、中身が消されたか、[log] anchor が以前と別の場所を指しています。アンカーがないと監査ログの分岐に気付けません。何も署名・送付していません。',
    next: () => [
      'アンカーをマウントするか、config/mimamori.toml の [log] anchor を元に戻し、もう一度実行してください',
      {
        command: 'mimamori audit anchor --as ID --reason "…"',
        label: '今後このディレクトリーをアンカーにする場合だけ(本番では2名)',
      },
    ],
  },
  'anchor-second-required': {
    what: () => '別のアンカーを使うには、別の担当者の署名が必要です',
    means: () =>
      '本番では、監査ログを何と照合するかを一人で決めることはできません。何も署名・書き込みしていません。',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'anchor.json')}`,
        label:
          '別の担当者が、size と root を手元の最新のチェックポイントと見比べて署名します(先に --second の指定が必要です)',
      },
      anchorAgain,
    ],
  },
  'anchor-second-same': {
    what: (f) => `${fact(f, 'officer', 'この担当者')} は、2人目を兼ねることができません`,
    means: () => '証明書の異なる2名が必要です。アンカーには何も書き込んでいません。',
    next: () => ['自分の証明書を持つ、別の承認者を指定してください', anchorAgain],
  },
  'anchor-statement-old': {
    what: () => '別の担当者が署名した文書は、もう使えません',
    means: () =>
      '監査ログ、アンカー、理由、担当者のいずれかが文書と異なるか、24時間を過ぎています。アンカーには何も書き込んでいません。新しい文書を書き出しました。',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'anchor.json')}`,
        label: '別の担当者が内容を確かめて署名し、同じコマンドをもう一度実行します',
      },
    ],
  },
  'anchor-forked': {
    what: (f) => `監査ログがアンカーの内容と違います(${fact(f, 'anchored', '?')}件の時点)`,
    means: () => '署名後に変更されたか、別の写しです。何も署名・送付していません。',
    next: () => [verify, keep, 'ほかの操作の前に、監査担当者に連絡してください'],
  },
};
