import type { Facts } from '../../../../domain/fault.ts';
import type { answerFaults as en } from '../en/answer-faults.ts';
import { fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const id = (f: Facts): string => fact(f, 'recipient', 'ID');
const show = (f: Facts): string => `mimamori recipient show ${id(f)}`;
const phone = (f: Facts) => ({
  command: `mimamori recipient confirm ${id(f)} --count N --first NNNN --last NNNN --by "…" --phone "…" --as ID`,
  label: '電話での回答に切り替えます',
});
const unlocked = '本番の送付は許可していません。テストファイルは引き続き回答待ちです。';

const problems: Readonly<Record<string, string>> = {
  'source-not-openpgp': 'OpenPGP の形式ではありません。署名と暗号化が必要です。',
  'source-not-for-us': '当方の鍵に対して暗号化されていません。',
  'source-passphrase-only': '当方の鍵ではなく、パスフレーズで暗号化されています。',
  'source-encryption-unsupported': '改ざんを検知できない方式で暗号化されています。',
  'source-truncated': 'ファイルが途中で終わっています。',
  'source-altered': '途中で変更されています。',
  'source-unsigned': '署名がありません。',
  'source-signer-unknown': '登録済みの鍵とは別の鍵で署名されています。',
  'source-signature-early': 'テストファイルの作成より前に署名されています。',
  'source-signature-wrong': '署名が正しくありません。',
  'source-too-large': '回答としては大きすぎます。',
};

const confirmedParts: Readonly<Record<string, string>> = {
  certificate: '証明書',
  'host-key': 'ホスト鍵',
  address: '受け渡し先',
};

export const answerFaults: Record<keyof typeof en, FaultWords> = {
  'recipient-unconfirmed': {
    what: (f) =>
      `${id(f)} の${confirmedParts[fact(f, 'part', '')] ?? '登録内容'}が変わりますが、相手に確認した記録がありません`,
    means: () =>
      '確認なしに変えると、カード情報が別の誰かに届くおそれがあります。何も変更していません。',
    next: (f) => [
      `契約書にある電話番号で ${id(f)} に連絡し、照合してください`,
      {
        command: `mimamori recipient update ${id(f)} … --confirmed-by TEXT --as ID`,
        label: '確認した相手と方法を記録します',
      },
    ],
  },
  'recipient-answer-refused': {
    what: (f) => `このファイルは ${id(f)} の回答として受け付けられません`,
    means: (f) => `${problems[fact(f, 'problem', '')] ?? '読み取れません。'}${unlocked}`,
    next: (f) => [
      '確認済みの鍵で署名し、当方の証明書に対して暗号化するよう相手に依頼してください',
      { command: show(f), label: '登録済みの鍵を表示します' },
      phone(f),
    ],
  },
  'recipient-answer-differs': {
    what: (f) => `${id(f)} の返送した内容は、最新のテストファイルと一致しません`,
    means: () =>
      `署名は相手のものですが、内容が異なります。以前の回答、変更された内容、または改行の変換が考えられます。${unlocked}`,
    next: (f) => [
      '開いたファイルを変換せず、そのまま返送するよう依頼してください',
      phone(f),
      {
        command: `mimamori recipient test ${id(f)} --as ID`,
        label: '新しいテストファイルを送ります',
      },
    ],
  },
  'recipient-answer-expired': {
    what: (f) => `${id(f)} のテストファイルは、ファイルで回答できる期間を過ぎています`,
    means: (f) =>
      `ファイルでの回答は ${fact(f, 'days', '30')}日間有効です。本番の送付は許可していません。`,
    next: (f) => [
      {
        command: `mimamori recipient test ${id(f)} --as ID`,
        label: '新しいテストファイルを送ります',
      },
    ],
  },
  'recipient-cannot-sign': {
    what: (f) => `${id(f)} の登録済みの証明書には、署名できる鍵がありません`,
    means: () => '誰の回答か確認できません。本番の送付は許可していません。',
    next: (f) => [phone(f), 'または、署名もできる証明書を相手に依頼してください'],
  },
};
