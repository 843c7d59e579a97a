import type { Facts } from '../../../../domain/fault.ts';
import type { keyFaults as en } from '../en/key-faults.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const keyFile = (f: Facts): string => fact(f, 'file', '鍵ファイル');
const isOfficers = (f: Facts): boolean => factOf(f, 'of') === 'officer';
const passphraseOf = (f: Facts): string =>
  isOfficers(f) ? '担当者の鍵のパスフレーズ' : 'ワークスペースのパスフレーズ';
const fileOption = (f: Facts): string =>
  isOfficers(f) ? '--officer-passphrase-file FILE' : '--passphrase-file FILE';
const restore =
  'keys/ をバックアップから復元し、壊れたものは保管してください。原因の調査に必要です';
const bug = 'Mimamori の不具合です。下のコードを添えて報告してください';

const misread: ReadonlyMap<string | undefined, string> = new Map([
  ['certificate-count', '鍵がないか、複数あります'],
  ['certificate-unreadable', '鍵ではないか、壊れています'],
  ['certificate-too-large', '大きすぎます'],
  ['no-private-key', '秘密鍵のない証明書です'],
]);
const misreadAs = (f: Facts): string => {
  const found = misread.get(factOf(f, 'found'));
  return found === undefined ? '' : `(${found})`;
};

const kinds: ReadonlyMap<string | undefined, string> = new Map([
  ['sftp', 'SFTP 鍵'],
  ['log', '監査ログの鍵'],
  ['pickup', '受取サーバーのホスト鍵'],
]);
const kindOf = (f: Facts): string => kinds.get(factOf(f, 'purpose')) ?? 'OpenPGP 鍵';
const optionOf = (f: Facts): string => `--${fact(f, 'purpose', 'openpgp')}`;

export const keyFaults: Record<keyof typeof en, FaultWords> = {
  'passphrase-missing': {
    what: (f) => `${passphraseOf(f)}が必要ですが、入力する端末がありません`,
    next: (f) => [{ command: `mimamori … ${fileOption(f)}`, label: '権限 600 のファイル' }],
  },
  'passphrase-too-short': {
    what: (f) =>
      `${passphraseOf(f)}が短すぎます。${fact(f, 'charactersMin', '12')}文字以上にしてください`,
    means: (f) =>
      isOfficers(f)
        ? '鍵のファイルを写した者が、担当者の名で署名できてしまいます。'
        : 'ディスクが複製されたときに、全カードの鍵を守る唯一のものです。',
    next: (f) => [
      '長いものにしてください。無作為な単語を4、5語並べると、強く、入力もできます',
      ...(isOfficers(f)
        ? [{ command: 'gpg --passwd ID', label: '変更した後、鍵を書き出し直します' }]
        : []),
    ],
  },
  'passphrase-malformed': {
    what: (f) => `${passphraseOf(f)}に、確実に再入力できない文字が含まれています`,
    next: () => ['制御文字のない UTF-8 の1行、1,024バイト以内にしてください'],
  },
  'passphrase-not-repeated': {
    what: () => '二回のパスフレーズが一致しません',
    means: () => '何も作成していません。',
    next: () => ['もう一度実行してください'],
  },
  'passphrase-interrupted': {
    what: () => 'パスフレーズの入力で中断しました',
    means: () => '何も行っていません。',
  },
  'passphrase-wrong': {
    what: (f) => `パスフレーズで ${fact(f, 'file', '鍵')} を開けません`,
    means: () => '何も行っていません。',
    next: () => [
      'もう一度入力してください。キー配列と Caps Lock を確認してください',
      'ワークスペースと各担当者のパスフレーズは別のものです',
    ],
  },
  'key-unreadable': {
    what: () => 'OpenPGP の秘密鍵を読み取れません',
    next: () => [
      'GnuPG が出力した形の秘密鍵を一つ指定してください(gpg --armor --export-secret-keys ID)',
    ],
  },
  'key-unprotected': {
    what: () => 'OpenPGP の秘密鍵にパスフレーズがありません',
    means: () => 'ファイルを複製した人がすぐに使えてしまいます。何も書き込んでいません。',
    next: () => ['12文字以上のパスフレーズを決めてください'],
  },
  'credential-wrong': {
    what: (f) =>
      `この資格情報ではワークスペースを開けません${about(f, 'credential', (c) => `: ${c}`)}`,
    means: () =>
      '作り直されたか、無効にされたか、別のワークスペースのものです。何も行っていません。',
    next: () => [
      { command: 'mimamori key list', label: '資格情報の作成日を表示します' },
      'またはパスフレーズを渡してください: --passphrase-file FILE',
    ],
  },
  'credential-malformed': {
    what: (f) => `資格情報ではありません${about(f, 'credential', (c) => `: ${c}`)}`,
    means: () => '資格情報は16進数64桁の1行です。何も行っていません。',
    next: () => [
      'credential create が書き込んだファイルを指定してください',
      'パスフレーズは --passphrase-file FILE で渡します',
    ],
  },
  'credential-none': {
    what: () => 'このワークスペースには資格情報がありません',
    means: () =>
      '作っていないか、無効にしたか、バックアップから復元したためです。何も行っていません。',
    next: () => [
      { command: 'mimamori credential create FILE --as ID --reason TEXT', label: '作ります' },
    ],
  },
  'credential-exists': {
    what: () => 'このワークスペースにはすでに資格情報があります',
    means: () => '同時に持てるのは一つです。何も作っていません。',
    next: () => [
      { command: 'mimamori credential revoke --as ID --reason TEXT', label: '先に無効にします' },
    ],
  },
  'credential-inside-workspace': {
    what: (f) => `${fact(f, 'file', 'ファイル')} はワークスペースの中です`,
    means: () => 'ワークスペースを複製した者が両方を手にします。何も作っていません。',
    next: () => ['ワークスペースの外で、バックアップされない場所を指定してください'],
  },
  'key-file-altered': {
    what: (f) => `${keyFile(f)} が Mimamori の書いた内容と違います`,
    means: () => '破損または変更されているため、使用しません。',
    next: () => [restore],
  },
  'key-file-other-workspace': {
    what: (f) =>
      `${keyFile(f)} は別のワークスペースのものです${about(f, 'workspace', (w) => `(${w})`)}`,
    means: () => '鍵はワークスペース間で共有しません。訓練用で本番のものを開けてしまうためです。',
    next: () => ['このワークスペースの鍵ファイルに戻してください'],
  },
  'wrapped-key-altered': {
    what: (f) => `保存された鍵を開けません${about(f, 'purpose', (p) => `: ${p}`)}`,
    means: () => '書き込んだ内容と違うか、別のワークスペースのものです。',
    next: () => [
      restore,
      { command: 'mimamori audit verify', label: '監査ログも変更されていないか確認します' },
    ],
  },
  'log-origin-differs': {
    what: (f) =>
      `監査ログの鍵は ${fact(f, 'origin', '別の監査ログ')} のもので、この監査ログのものではありません`,
    means: () => '署名すると、誰にも検証できない監査ログになります。署名していません。',
    next: () => ['config/mimamori.toml の [log] origin を init が書いた値に戻してください'],
  },
  'key-still-retiring': {
    what: (f) => `以前の${kindOf(f)} ${fact(f, 'fingerprint', '')} がまだ引退予定のままです`,
    means: () => '同時に使える鍵は2つまでです。何も作っていません。',
    next: (f) => [{ command: `mimamori key retire ${optionOf(f)} --as ID --reason TEXT` }],
  },
  'key-not-retiring': {
    what: (f) => `引退予定の${kindOf(f)}はありません`,
    means: () => '使用中の鍵は、次の鍵ができるまで引退できません。何も変更していません。',
    next: () => [{ command: 'mimamori key list' }],
  },
  'key-retired': {
    what: (f) => `${kindOf(f)} ${fact(f, 'fingerprint', '')} は引退しています`,
    means: () => 'その間に別のコマンドが置き換えました。何も変更していません。',
    next: () => [{ command: 'mimamori key list' }],
  },
  'key-purpose-refused': {
    what: () => '存在しない用途の鍵が求められました',
    means: () => '何も行っていません。',
    next: () => [bug],
  },
  'key-ring-closed': {
    what: () => '鍵を閉じた後に鍵が求められました',
    means: () => '何も行っていません。',
    next: () => [bug],
  },
  'secret-size-refused': {
    what: (f) =>
      `秘密情報が空か、大きすぎるため保存できません${about(f, 'purpose', (p) => `: ${p}`)}`,
    means: () => '何も書き込んでいません。',
    next: () => [bug],
  },
  'seal-key-unusable': {
    what: () => '当方の OpenPGP 鍵で署名できません',
    means: () => '署名のないファイルは、提供先にとって意味がありません。何も封入していません。',
    next: () => [{ command: 'mimamori doctor', label: '有効期間を表示します' }, restore],
  },
  'seal-failed': {
    what: () => 'ファイルを封入できませんでした',
    means: () => '書きかけのものは削除しました。何も保存・送付していません。',
    next: () => ['もう一度実行してください。繰り返す場合は、下のコードを添えて報告してください'],
  },
  'seal-shape-unexpected': {
    what: (f) =>
      `封入したファイルが外側からの検査に通りません${about(f, 'found', (found) => `(${found})`)}`,
    means: () => '登録した鍵だけに暗号化されていませんでした。削除しました。何も送付していません。',
    next: () => [bug],
  },
  'signature-malformed': {
    what: () => '署名が、単独の OpenPGP 分離署名ではありません',
    means: () => '何も決定していません。',
    next: () => [
      { command: 'gpg --detach-sign STATEMENT.json', label: 'STATEMENT.json.sig を作ります' },
      'そのファイルを --signature で渡してください',
    ],
  },
  'signature-not-theirs': {
    what: () => '署名が、この担当者の鍵によるものではありません',
    means: () => '何も決定していません。',
    next: () => [
      { command: 'mimamori officer list', label: '登録されたフィンガープリントを表示します' },
      'その鍵で署名するか、署名した担当者を --as で指定してください',
    ],
  },
  'signature-wrong': {
    what: (f) => `署名が成り立ちません${about(f, 'found', (found) => `(${found})`)}`,
    means: () => '別の内容への署名か、鍵の期限切れまたは失効です。何も決定していません。',
    next: () => [
      'コマンドが書き出したファイルに、エディターで保存し直さずに署名してください',
      { command: 'gpg --verify STATEMENT.json.sig STATEMENT.json' },
    ],
  },
  'signature-key-unusable': {
    what: (f) =>
      factOf(f, 'fingerprint') === undefined
        ? `渡されたものを、一つの秘密鍵として読めません${misreadAs(f)}`
        : `鍵 ${fact(f, 'fingerprint', '')} では署名できません`,
    means: () => '何も署名しておらず、何も決定していません。',
    next: (f) => [
      factOf(f, 'fingerprint') === undefined
        ? 'この担当者の秘密鍵だけが入ったファイルを渡してください(gpg --export-secret-keys)'
        : '期限切れや失効がなく、署名できる鍵を含むか確認してください',
    ],
  },
};
