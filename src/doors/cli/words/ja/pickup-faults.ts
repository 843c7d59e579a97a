import type { pickupFaults as en } from '../en/pickup-faults.ts';
import { fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const whyNoKey: Readonly<Record<string, string>> = {
  private: '秘密鍵です。鍵を作った人が .pub で終わるファイルを送ってください',
  several: '2行以上あります',
};

export const pickupFaults: Record<keyof typeof en, FaultWords> = {
  'pickup-key-malformed': {
    what: (f) =>
      `${fact(f, 'file', 'ファイル')} は公開鍵ではありません。${whyNoKey[String(factOf(f, 'why'))] ?? 'ssh-ed25519 AAAA… のような1行が必要です'}`,
    means: () =>
      '保存していません。OpenSSH 形式の Ed25519、ECDSA、2048ビット以上の RSA を読み取れます。',
    next: () => [
      '提供先に公開鍵を依頼してください。puttygen では「OpenSSH authorized_keys」の形式です',
    ],
  },
  'config-box-taken': {
    what: (f) =>
      `${fact(f, 'file', 'config/senders.toml')} の ${fact(f, 'id', '送付元')} は、受取箱のある送付元であり、受取箱のある提供先でもあります`,
    means: () => '受取箱の持ち主は一人です。どの公開鍵で開くかは、箱の名前で決まります。',
    next: () => [
      'その送付元の pickup_keys を削除してください。入力ファイルは提供先の受取箱に届けられます',
      'または、送付元を別の ID にしてください',
    ],
  },
  'pickup-not-configured': {
    what: () => 'config/mimamori.toml に [pickup] がなく、待ち受ける場所が分かりません',
    means: () => '何も開始していません。',
    next: () => [
      '[pickup] に address、port、name を書いてください(docs/operating/pickup.md)',
      { command: 'mimamori config propose --as ID --officer-key FILE', label: '承認が必要な場合' },
    ],
  },
  'pickup-not-listening': {
    what: (f) =>
      `受取サーバーは ${fact(f, 'address', 'このアドレス')} のポート ${fact(f, 'port', '?')} で待ち受けられません(${fact(f, 'reason', '?')})`,
    means: () => 'ほかのプログラムがそのポートを使っているか、この機器にそのアドレスがありません。',
    next: () => ['config/mimamori.toml の [pickup] の address か port を変えてください'],
  },
  'pickup-server-died': {
    what: () => '受取サーバーのプロセスが終了しました',
    means: () => '記録は残っています。ファイルは受取箱に残っています。',
    next: () => [{ command: 'mimamori serve', label: 'もう一度開始します' }],
  },
  'pickup-host-key-missing': {
    what: () => '受取サーバーの鍵はまだありません',
    means: () => '最初の serve で作られます。',
    next: () => [{ command: 'mimamori serve', label: 'その後 key export --pickup' }],
  },
  'serve-running': {
    what: () => 'このワークスペースでは別の serve が動いています',
    means: () => '何も開始していません。同時に動けるのは1つだけです。',
    next: () => ['先にもう一方を止めるか、そのまま動かしておいてください'],
  },
};
