import { sizeIn } from '../../figures.ts';
import type { workspaceFaults as en } from '../en/workspace-faults.ts';
import { mistakeText } from './command-mistakes.ts';
import { expectedText } from './expected-values.ts';
import { about, fact, factOf, numberOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

type Facts = Parameters<FaultWords['what']>[0];

const file = (f: Facts): string => fact(f, 'file', 'ワークスペースのファイル');
/** Without its settings it is most likely another directory than the one that was meant. */
const isSettings = (f: Facts): boolean => f['file'] === 'config/mimamori.toml';
const line = (f: Facts): string => about(f, 'line', (n) => `の${n}行目`);
const limit = (f: Facts): string => {
  const bytes = numberOf(f, 'limit');
  return bytes === undefined ? '' : `(上限 ${sizeIn(bytes, 'ja')})`;
};
const reason = (f: Facts): string => about(f, 'reason', (r) => `(${r})`);

const isLookup = (f: Facts): boolean => factOf(f, 'command')?.startsWith('lookup ') === true;

export const workspaceFaults: Record<keyof typeof en, FaultWords> = {
  usage: {
    what: (f) => mistakeText(f) ?? factOf(f, 'problem') ?? valueText(f),
    means: (f) =>
      about(f, 'meant', (meant) => `${meant} の間違いではありませんか。何も実行していません。`),
    next: (f) => [{ command: `mimamori ${about(f, 'command', (c) => `${c} `)}--help` }],
  },
  'input-missing': {
    what: (f) => `${file(f)} がありません`,
    next: () => ['パスを確認してください。何も変更していません'],
  },
  'input-unreadable': {
    what: (f) => `${file(f)} を読み込めません${reason(f)}`,
    next: () => ['ファイルの種類と読み取り権限を確認してください。何も変更していません'],
  },
  'input-too-large': {
    what: (f) => `${file(f)} は大きすぎます${limit(f)}`,
    next: () => ['指定したファイルが正しいか確認してください。何も変更していません'],
  },
  'workspace-synced': {
    what: (f) =>
      `ワークスペースが自動同期フォルダー(${fact(f, 'by', '名前による判定')})の中にあります`,
    means: () =>
      '承認のないまま、封入済みファイル、鍵、監査ログが機器の外へ写されます。何も準備していません。すでにある内容は写されています。',
    next: () => [
      'ワークスペース全体を同期されないフォルダーに移し、同期サービス側の写しを削除してください',
      { command: 'mimamori --workspace DIR doctor', label: '移した後に確認します' },
    ],
  },
  'terminal-needed': {
    what: (f) =>
      `${fact(f, 'command', 'このコマンド')} は端末で質問に答えるコマンドで、端末がありません`,
    means: (f) =>
      isLookup(f)
        ? '照会していません。'
        : '質問される内容は、次のコマンドで指定できます(スクリプトからも使えます)。',
    next: (f) =>
      isLookup(f)
        ? [
            {
              command: `mimamori ${fact(f, 'command', 'lookup card')} --stdin`,
              label: '標準入力から読みます',
            },
          ]
        : [
            { command: 'mimamori incident open FILE.toml --as ID' },
            { command: 'mimamori handoff prepare --incident ID --source FILE --as ID --preview' },
            { command: 'mimamori handoff prepare --incident ID --source FILE --as ID' },
            { command: 'mimamori handoff request HANDOFF --as ID --officer-key FILE' },
          ],
  },
  'dialogue-interrupted': {
    what: () => '中止しました',
    means: () =>
      '「はい」と答えたところまでは有効で、途中の状態は残っていません。各段階で、同じことをするコマンドを表示しています。',
    next: () => [{ command: 'mimamori start', label: '再開できます(登録済みの事案を選べます)' }],
  },
  'recipients-missing': {
    what: () => 'この事案のカードを受け取れる有効な提供先がありません',
    means: () => '何も準備していません。',
    next: () => [
      { command: 'mimamori recipient list', label: '登録されている提供先' },
      '証明書、受け渡し先、確認方法とともに提供先を追加してください',
    ],
  },
  'workspace-missing': {
    what: (f) =>
      `${fact(f, 'directory', fact(f, 'file', 'このディレクトリー'))} は Mimamori のワークスペースではありません`,
    means: () => 'ワークスペースは config/、keys/、data/ を持つディレクトリーです。',
    next: () => [
      { command: 'mimamori --workspace DIR …', label: 'ワークスペースを指定します' },
      { command: 'mimamori init DIR --org NAME', label: '新しく作ります' },
    ],
  },
  'example-key': {
    what: (f) =>
      `${fact(f, 'id', 'この項目')} に見本の鍵が使われています。このワークスペースは本番用です`,
    means: () =>
      '見本の鍵の秘密鍵は誰でも持っています。承認のなりすましや、封入したファイルの復号ができてしまいます。',
    next: () => ['本人または提供先が自分で作った証明書を使ってください'],
  },
  'mode-changed': {
    what: (f) =>
      `設定は ${fact(f, 'found', '別の値')} ですが、このワークスペースは ${fact(f, 'recorded', '別の区分')} として作られています`,
    means: () =>
      '区分(訓練・本番)と ID は init で決まり、監査ログの最初の項目に残ります。訓練用を本番用に変えることはできません。',
    next: (f) => [
      `config/mimamori.toml の mode と id を元に戻してください${about(f, 'recorded', (r) => `(mode = "${r}")`)}`,
      { command: 'mimamori init DIR --mode live --org NAME', label: '本番用を新しく作る場合' },
    ],
  },
  'config-file-missing': {
    what: (f) => `${file(f)} がありません`,
    next: (f) =>
      isSettings(f)
        ? [
            { command: 'mimamori --workspace DIR …', label: 'ワークスペースを指定します' },
            { command: 'mimamori init DIR --org NAME', label: '新しく作ります' },
          ]
        : [
            'パスを確認してください。設定は config/、証明書は keys/ に置きます',
            { command: 'mimamori doctor', label: 'ほかに足りないものを表示します' },
          ],
  },
  'config-unreadable': {
    what: (f) => `${file(f)} を読み込めません${reason(f)}`,
    next: () => ['ワークスペース内の UTF-8 のファイルか、読み取り権限があるかを確認してください'],
  },
  'config-too-large': {
    what: (f) => `${file(f)} は設定ファイルとして大きすぎます${limit(f)}`,
    next: () => ['指定したファイルが正しいか確認してください'],
  },
  'config-syntax': {
    what: (f) =>
      `${file(f)}${line(f)}${about(f, 'column', (c) => `${c}文字目`)}が TOML として読めません`,
    next: () => ['その行を直してください。文字列は "…"、一覧は […]、表は [名前] の形で書きます'],
  },
  'config-unknown-key': {
    what: (f) => `${file(f)}${line(f)}に未知のキー ${fact(f, 'key', '?')} があります`,
    means: () => '書き間違いが設定として通らないように、未知のキーは受け付けません。',
    next: (f) => [
      factOf(f, 'suggestion') === undefined
        ? '削除するか、config/ の見本と docs/formats を確認してください'
        : `${fact(f, 'suggestion', '')} に直すか、行を削除してください`,
    ],
  },
  'config-invalid': {
    what: (f) =>
      `${file(f)}${line(f)}の ${fact(f, 'key', '値')} が正しくありません。必要な値: ${expectedText(fact(f, 'expected', '別の値'))}(見つかったもの: ${expectedText(fact(f, 'found', '別の形'))})`,
    next: () => ['その行を直して、もう一度実行してください。何も変更していません'],
  },
  'config-missing-key': {
    what: (f) =>
      `${file(f)}${line(f)}に ${fact(f, 'key', 'キー')} がありません。必要な値: ${expectedText(fact(f, 'expected', '値'))}`,
    next: () => ['追加して、もう一度実行してください。何も変更していません'],
  },
  'config-id-repeated': {
    what: (f) => `${file(f)} に同じ ID ${fact(f, 'id', '')} が二つあります`,
    next: () => ['どちらかを別の ID にしてください。ID は無効にした後も再利用しません'],
  },
  'config-fingerprint-shared': {
    what: (f) =>
      `${file(f)} の ${fact(f, 'first', '一つ目')} と ${fact(f, 'second', '二つ目')} が同じ証明書を使っています`,
    means: () =>
      '一つの鍵に二つの名前があると、一人が二人に、ある提供先が別の提供先に見えてしまいます。',
    next: () => ['二つ目の相手に専用の証明書を依頼し、登録し直してください'],
  },
  'config-id-unknown': {
    what: (f) => `${file(f)} に ${fact(f, 'id', 'この ID')} は登録されていません`,
    next: () => [
      { command: 'mimamori recipient list', label: '提供先の一覧' },
      { command: 'mimamori officer list', label: '担当者の一覧' },
    ],
  },
  'config-changed-meanwhile': {
    what: (f) => `処理中に ${file(f)} がほかの人によって変更されました`,
    means: () => 'その変更を失わないように、何も書き込んでいません。',
    next: () => ['もう一度実行してください'],
  },
  'config-write-refused': {
    what: (f) => `${file(f)} に ${fact(f, 'id', '')} を安全に書き込めません`,
    means: () => '書き込む内容が、意図した内容として読み戻せません。何も書き込んでいません。',
    next: () => ['ファイルの末尾付近の書式を確認するか、手で追記してください'],
  },
  'anchor-inside-workspace': {
    what: (f) => `アンカー ${fact(f, 'anchor', '')} がワークスペースの中にあります`,
    means: () =>
      'アンカーは、ワークスペースが古い写しに戻されていないことの証拠です。中に置くと一緒に戻されてしまいます。',
    next: () => [
      'config/mimamori.toml の [log] anchor を、別のディスク(できれば別の機器)に変えてください',
    ],
  },
  'signer-certificate-lost': {
    what: (f) =>
      `この事案の文書に署名した証明書 ${fact(f, 'fingerprint', '')} が、どの設定にもありません`,
    means: () =>
      'その署名を誰も確かめられません。署名を省いた監査人向け資料は作りません。何も書き出していません。',
    next: () => [
      'その証明書の担当者を別の ID で登録し直し、無効にしてください',
      '設定を承認制で使っている場合は、その承認も受けてください',
    ],
  },
  'signed-document-lost': {
    what: (f) => `監査ログにある署名済み文書 ${file(f)} が、署名されたままの形では残っていません`,
    means: () => '署名された文書を省いた監査人向け資料は作りません。何も書き出していません。',
    next: () => ['文書と署名をバックアップから探し、両方を元の場所に戻してください'],
  },
  'secret-readable-by-others': {
    what: (f) =>
      `${file(f)} をこの機器のほかの利用者が読めます${about(f, 'mode', (m) => `(権限 ${m})`)}`,
    means: () => 'ほかの人が読んだかもしれない秘密情報は信頼できません。開いていません。',
    next: (f) => [
      { command: `chmod 600 ${fact(f, 'file', 'FILE')}` },
      'ほかの人もこの機器を使う場合は、秘密情報そのものも取り替えてください',
    ],
  },
  'secret-not-ours': {
    what: (f) => `${file(f)} の所有者が別の利用者です${about(f, 'owner', (uid) => `(uid ${uid})`)}`,
    means: () => '所有者がいつでも読み書きできるため、開いていません。',
    next: (f) => [{ command: `sudo chown "$USER" ${fact(f, 'file', 'FILE')}` }],
  },
  'secret-missing': {
    what: (f) => `${file(f)} がありません`,
    next: () => [
      'パスを確認してください。秘密情報はファイル、systemd の資格情報、端末入力から読みます',
    ],
  },
  'secret-unreadable': {
    what: (f) => `${file(f)} を読み込めません${reason(f)}`,
    next: () => ['自分が所有する権限 600 の通常のファイルか確認してください'],
  },
  'secret-empty': {
    what: (f) => `${file(f)} が空です`,
    next: () => ['パスフレーズなどの秘密情報を、引用符なしの1行で書いてください'],
  },
  'secret-too-large': {
    what: (f) => `${file(f)} は秘密情報のファイルとして大きすぎます${limit(f)}`,
    next: () => ['指定したファイルが正しいか確認してください'],
  },
  'disk-full': {
    what: (f) => `ディスクの空きがなく、${file(f)} を書き込めません`,
    means: () => '書きかけのものは削除しました。何も送付していません。',
    next: () => [
      { command: 'df -h', label: '空きのないディスクを確認します' },
      '空きを作り、同じコマンドをもう一度実行してください',
    ],
  },
  'file-write-failed': {
    what: (f) => `${file(f)} を書き込めません${reason(f)}`,
    means: () => '書きかけのものは削除しました。',
    next: () => ['ディスクと書き込み権限を確認し、同じコマンドをもう一度実行してください'],
  },
  'file-exists': {
    what: (f) => `${file(f)} がすでにあります`,
    means: () => '上書きはしません。',
    next: () => ['別の名前にするか、今あるものを確認して移してください'],
  },
};

/** A sentence on what goes with what, and no list of values. */
function isRule(text: string): boolean {
  return /^[^。]*(?:できません|使えません|必要です|不要です|ください)(?:\([^()]*\))?$/.test(text);
}

function valueText(f: Facts): string {
  const expected = about(f, 'expected', (english) => {
    const text = expectedText(english);
    return isRule(text) ? `。${text}` : `。指定できる値: ${text}`;
  });
  return `${fact(f, 'option', 'オプション')} の指定が正しくありません${expected}`;
}
