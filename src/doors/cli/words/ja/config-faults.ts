import type { Facts } from '../../../../domain/fault.ts';
import { fact, groupOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const name = (f: Facts): string => fact(f, 'configuration', '?').slice(0, 12);
const diff = { command: 'mimamori config diff', label: 'ファイルによる変更の内容' };
const propose = {
  command: 'mimamori config propose --as ID --officer-key FILE',
  label: '続いて別の担当者が承認します',
};
const history = { command: 'mimamori config history', label: 'すべての版とその状態' };

export const configFaults = {
  'config-id-taken': {
    what: (f) => `${fact(f, 'id', 'この ID')} は、すでに ${fact(f, 'file', 'config/')} にあります`,
    means: () =>
      '以前の署名と名前を保つため、ID は無効にした後も再利用しません。何も変更していません。',
    next: (f) => [
      { command: `mimamori ${groupOf(f)} list`, label: '登録済みの一覧' },
      '別の人や会社には、別の ID を付けてください',
    ],
  },
  'configuration-unapproved': {
    what: () => 'この本番ワークスペースの設定は、まだ承認されていません',
    means: () =>
      '提供先・受け渡し先・担当者・方針は、1名で書き換えられるファイルにあります。先に2名の確認が必要です。何も行っていません。',
    next: () => [propose, diff],
  },
  'configuration-unchanged': {
    what: () => '提案する変更がありません',
    means: () => 'ファイルの内容は適用中の設定と同じか、同じ内容がすでに提案されています。',
    next: () => [history],
  },
  'configuration-unknown': {
    what: (f) => `設定 ${name(f)} に当たる版がありません`,
    means: () => 'ダイジェストの先頭12文字以上を、1つに決まるように入力してください。',
    next: () => [history],
  },
  'configuration-settled': {
    what: (f) => `設定 ${name(f)} は、すでに承認または取り下げ済みです`,
    means: () => '何も変更していません。',
    next: () => [history],
  },
  'configuration-started': {
    what: (f) => `設定 ${name(f)} は適用中か、以前に適用されました`,
    means: () => '取り下げはできず、置き換えるだけです。何も変更していません。',
    next: () => ['config/ を望む内容に戻してください', propose],
  },
  'configuration-stale': {
    what: (f) => `設定 ${name(f)} が置き換えるはずの設定は、もう適用中ではありません`,
    means: () => '今承認すると、提案の後に適用された変更が失われます。何も変更していません。',
    next: () => [diff, propose],
  },
  'configuration-differs': {
    what: (f) => `ファイルの内容が、提案された設定 ${name(f)} と異なります`,
    means: () =>
      '提案の後に書き換えられています。承認者が見る内容は1つであるべきです。何も変更していません。',
    next: () => [diff, propose],
  },
  'approver-is-proposer': {
    what: (f) => `${fact(f, 'officer', 'この担当者')} は提案者本人か、同じ証明書の持ち主です`,
    means: () => '別の担当者の承認が必要です。何も変更せず、この試みを記録しました。',
    next: () => [history],
  },
  'configuration-approved-twice': {
    what: (f) => `${fact(f, 'officer', 'この担当者')} はすでに承認しています`,
    means: () => '承認はそれぞれ別の担当者によるものです。何も変更していません。',
    next: () => [history],
  },
  'configuration-statement': {
    what: (f) =>
      f['reason'] === 'missing'
        ? `設定 ${name(f)} の承認書が、ここで作られていません`
        : `署名された承認書は、求められた設定 ${name(f)} のものではありません`,
    means: () =>
      '別の場所での署名は、--signature なしの実行で書き出されるファイルに行います。何も変更していません。',
    next: (f) => [
      { command: `mimamori config approve ${name(f)} --as ID`, label: '承認書を書き出し直します' },
    ],
  },
  'configuration-damaged': {
    what: (f) => `保存された設定 ${name(f)} が、承認されたものと異なります`,
    means: () =>
      'ダイジェストと一致しないか、読み取れません。データベースが書き換えられたか壊れています。この設定は使いません。',
    next: () => ['ワークスペースをそのまま残し、最新のバックアップを別の場所に復元してください'],
  },
  'configuration-unproven': {
    what: (f) => `設定 ${name(f)} を署名と監査ログで確かめられません(${fact(f, 'found', '?')})`,
    means: () =>
      '設定には、1つ前の設定の担当者による署名と、その記録が必要です。データベースが書き換えられたか壊れています。この設定は使いません。',
    next: () => [
      history,
      { command: 'mimamori audit verify' },
      'ワークスペースをそのまま残し、最新のバックアップを別の場所に復元してください',
    ],
  },
} as const satisfies Record<string, FaultWords>;
