import type { configHelp as english } from '../en/config-help.ts';
import type { TranslatedHelp } from '../help-words.ts';

export const configHelp: TranslatedHelp<typeof english> = {
  config: { what: '適用中の設定と、その変更' },
  'config diff': {
    what: 'ファイルと適用中の設定の違いを表示する。違いがあれば終了コードは1',
  },
  'config propose': {
    what: 'ファイルの内容を、担当者の署名で提案する',
    more: [
      '--officer-key があれば、ここで署名します。なければ文書を書き出します。',
      'gpg やスマートカードで署名し、--signature で渡してください。',
      'config approve でも同じ2つの方法が使えます。',
    ],
  },
  'config show': {
    what: '版による変更の内容を項目ごとに表示する(承認する人のため)',
    arguments: { digest: '先頭の12文字で足ります' },
  },
  'config approve': {
    what: '提案を、提案者以外が承認する',
    options: {
      '--emergency': '猶予時間なしで適用する。方針で許可され、--reason が必要',
    },
    arguments: { digest: '先頭の12文字で足ります' },
  },
  'config drop': {
    what: '提案または適用待ちの設定を取り下げる(--reason が必要)',
    arguments: { digest: '先頭の12文字で足ります' },
  },
  'config history': {
    what: 'すべての版: 提案者、承認者、いつから適用されたか',
  },
};
