import type { Facts } from '../../../../domain/fault.ts';
import type { recipientFaults as en } from '../en/recipient-faults.ts';
import { fact, numberOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const id = (f: Facts): string => fact(f, 'recipient', 'ID');
const test = (f: Facts): string => `mimamori recipient test ${id(f)} --as ID`;

const whyMissing: Readonly<Record<string, string>> = {
  none: 'テストファイルはまだ送っていません。',
  unsent: '前回のテストファイルは届きませんでした。',
  misread: '前回のテストファイルは、誤った回答が続いたため使えません。',
  'read-back': '前回のテストファイルは回答済みです。',
  'by-phone-only': '以前の版で送ったため、電話でのみ回答できます。',
  superseded: '別のコマンドが先に処理しました。',
  changed: 'テストファイルを送った後に、証明書、ファイル形式または受け渡し先が変更されました。',
};

export const recipientFaults: Record<keyof typeof en, FaultWords> = {
  'recipient-untested': {
    what: (f) =>
      `${id(f)} は、この証明書、ファイル形式、受け渡し先の組み合わせでテストが済んでいません`,
    means: () =>
      '本番のファイルは、テストファイルを受け取り、開き、読み上げた提供先だけに送付します。この提供先には何も送付していません。',
    next: (f) => [{ command: test(f), label: '電話で確認し、recipient confirm を実行します' }],
  },
  'recipient-test-missing': {
    what: (f) => `${id(f)} に、回答待ちのテストファイルはありません`,
    means: (f) => whyMissing[fact(f, 'why', 'none')] ?? '',
    next: (f) => [
      { command: test(f), label: '新しいテストファイルを送ります' },
      { command: `mimamori recipient show ${id(f)}`, label: 'テストの状況を表示します' },
    ],
  },
  'recipient-test-differs': {
    what: (f) => `${id(f)} の回答がテストファイルと一致しません`,
    means: (f) => {
      const tries = numberOf(f, 'tries') ?? 0;
      return `記録しました。本番のファイルは引き続き送付できません。${
        tries > 0
          ? `このファイルの回答は、あと${tries}回できます。`
          : 'このファイルにはもう回答できません。'
      }`;
    },
    next: (f) =>
      (numberOf(f, 'tries') ?? 0) > 0
        ? ['正しいファイルを開いているか尋ね、もう一度読み上げてもらってください']
        : [{ command: test(f), label: '別の番号で新しいテストファイルを送ります' }],
  },
  'recipient-test-exhausted': {
    what: (f) => `${id(f)} の誤った回答が、24時間で${numberOf(f, 'tries') ?? 0}回に達しました`,
    means: () => '何も送付していません。推測で当たることがないように、回数を制限しています。',
    next: () => ['提供先と、読み上げが一致しない理由を確かめ、明日もう一度テストしてください'],
  },
  'recipient-test-unreadable': {
    what: (f) => `ファイル形式 ${fact(f, 'profile', 'PROFILE')} には、読み上げる下4桁がありません`,
    means: () =>
      '何も送付していません。テストには pan または truncated_pan の列がある形式が必要です。',
    next: (f) => [
      {
        command: `mimamori recipient update ${id(f)} --profile PROFILE`,
        label: '別の形式にします',
      },
    ],
  },
  'probe-directory-missing': {
    what: (f) => `${id(f)} に、測定用のディレクトリーが設定されていません`,
    means: () =>
      '測定ではファイルの作成、名前の変更、削除を行うため、専用のディレクトリーだけを使います。何も変更していません。',
    next: (f) => [
      '相手のプログラムが読まないディレクトリーを用意してもらってください',
      {
        command: `mimamori recipient update ${id(f)} --probe-directory DIR --as ID`,
        label: '設定します',
      },
    ],
  },
  'probe-directory-shared': {
    what: (f) =>
      `${fact(f, 'directory', 'そのディレクトリー')} は ${id(f)} へのファイルの送付に使うディレクトリーです`,
    means: () =>
      '測定用のファイルが、相手のプログラムに送付と取り違えられるおそれがあります。何も変更していません。',
    next: () => ['相手のプログラムが読まないディレクトリーを用意してもらってください'],
  },
};
