import type { Facts } from '../../../../domain/fault.ts';
import { fingerprintGroups, shortDigest } from '../../figures.ts';
import type { certificateFaults as en } from '../en/certificate-faults.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const whose = (f: Facts): string =>
  about(f, 'recipient', (id) => `${id} の証明書`) ||
  about(f, 'fingerprint', (hex) => `証明書 ${shortDigest(hex)} `) ||
  '証明書';
const nothingPinned = '使用していません。何も変更していません。';
const askNewer =
  '現在の OpenPGP 証明書(RSA 3072ビット以上、または Curve25519。暗号化用の鍵を含むもの)を相手に依頼してください';
const showFingerprint = {
  command: 'gpg --show-keys --with-subkey-fingerprints FILE',
  label: '中身を表示します',
};

export const certificateFaults: Record<keyof typeof en, FaultWords> = {
  'certificate-unreadable': {
    what: () => 'ファイルから OpenPGP 証明書を読み取れません',
    means: () => nothingPinned,
    next: () => ['公開鍵を一つのファイルで依頼してください(gpg --armor --export)', showFingerprint],
  },
  'certificate-too-large': {
    what: () => '証明書のファイルが大きすぎます',
    means: () => nothingPinned,
    next: () => [
      '他人の署名を除いて出力するよう依頼してください(gpg --export-options export-minimal)',
    ],
  },
  'certificate-count': {
    what: (f) => `ファイルに証明書が ${fact(f, 'count', '複数')}件あります。必要なのは1件です`,
    means: () => `どれを指すかを推測してはいけません。${nothingPinned}`,
    next: () => [
      '正しいフィンガープリントを相手に確認し、その証明書だけを依頼してください',
      showFingerprint,
    ],
  },
  'certificate-private': {
    what: () => 'ファイルに秘密鍵が含まれています',
    means: () =>
      '秘密鍵を持つ人は、所有者宛てのものをすべて読めます。保存していません。流出したものとして扱ってください。',
    next: () => [
      'ファイルを削除し、すぐに相手に伝えてください。相手はその鍵を失効させ、作り直す必要があります',
      '新しい公開証明書だけを依頼してください(gpg --armor --export)',
    ],
  },
  'certificate-fingerprint-mismatch': {
    what: () => '証明書のフィンガープリントが、確認済みのものと一致しません',
    means: (f) =>
      `${about(f, 'found', (hex) => `証明書    ${fingerprintGroups(hex)}\n`)}${about(f, 'expected', (hex) => `確認済み  ${fingerprintGroups(hex)}\n`)}別の鍵にすり替えられたおそれがあります。${nothingPinned}`,
    next: () => [
      '以前から知っている電話番号で相手に連絡し、フィンガープリントを読み上げてもらってください',
      '読み上げが上の「証明書」の値なら --fingerprint を直してください。違えばファイルは使わず、保管してください',
    ],
  },
  'certificate-expired': {
    what: (f) =>
      `${whose(f)}の有効期限が切れています${about(f, 'expiredAt', (at) => `(${at.slice(0, 10)})`)}`,
    means: () => '有効な証明書にだけ暗号化します。何も送付していません。',
    next: () => [
      '期限を延ばした証明書か新しい証明書を依頼し、電話でフィンガープリントを確認してください',
      {
        command:
          'mimamori recipient update ID --certificate FILE --fingerprint … --confirmed-by "…"',
      },
    ],
  },
  'certificate-revoked': {
    what: (f) => `${whose(f)}は所有者が失効させています`,
    means: () => '秘密鍵が他人の手に渡ったおそれがあります。何も送付していません。',
    next: () => [
      '以前から知っている電話番号で相手に連絡し、新しい証明書とフィンガープリントを確認してください',
    ],
  },
  'certificate-not-yet-valid': {
    what: (f) =>
      `${whose(f)}はまだ有効ではありません${about(f, 'validFrom', (at) => `(${at.slice(0, 10)} から)`)}`,
    means: () => '後日用の証明書か、この機器の時計が違っています。',
    next: () => [
      { command: 'date -u', label: '正しい時計と比べてください' },
      '時計が正しければ、有効になるまで待ってください',
    ],
  },
  'certificate-cannot-encrypt': {
    what: (f) => `${whose(f)}に暗号化用の鍵がありません`,
    means: () => `署名専用です。${nothingPinned}`,
    next: () => [askNewer],
  },
  'certificate-cannot-sign': {
    what: (f) => `${whose(f)}に署名用の鍵がありません`,
    means: () => nothingPinned,
    next: () => ['有効な署名用の鍵を含む証明書を、所有者に依頼してください'],
  },
  'certificate-weak': {
    what: (f) => `${whose(f)}の強度が足りません${about(f, 'algorithm', (a) => `(${a})`)}`,
    means: () => `解読や偽造のおそれがあり、例外は認められません。${nothingPinned}`,
    next: () => [askNewer],
  },
  'certificate-rsa-short': {
    what: (f) => `${whose(f)}は RSA 3072ビット未満です${about(f, 'algorithm', (a) => `(${a})`)}`,
    means: () => nothingPinned,
    next: () => [
      askNewer,
      {
        command: 'mimamori recipient add … --allow rsa-2048 --reason "…"',
        label: 'ほかにない場合。記録に残ります',
      },
    ],
  },
  'certificate-sha1': {
    what: (f) => `${whose(f)}の自己署名が SHA-1 だけです`,
    means: () => `SHA-1 は偽造できるため、別の鍵を紛れ込ませるおそれがあります。${nothingPinned}`,
    next: () => [
      '自己署名の更新(新しい GnuPG で gpg --edit-key ID expire)と再出力を相手に依頼してください',
      {
        command: 'mimamori recipient add … --allow sha1-self-signature --reason "…"',
        label: '更新できない場合。記録に残ります',
      },
    ],
  },
  'certificate-needs-rfc9580': {
    what: () => '証明書が、この版で対応していない新しい形式(RFC 9580)です',
    means: () => nothingPinned,
    next: () => ['GnuPG 2 で作られるバージョン4の証明書を依頼してください'],
  },
  'certificate-subkey-changed': {
    what: (f) => `${whose(f)}の暗号化用の副鍵が、登録時のものから変わっています`,
    means: () => '鍵の更新でも変わりますが、攻撃者が副鍵を加えた場合も同じように見えます。',
    next: () => [
      '以前から知っている電話番号で相手に連絡し、変更を確認してください',
      {
        command:
          'mimamori recipient update ID --certificate FILE --fingerprint … --confirmed-by "…"',
      },
    ],
  },
};
