import { figure } from '../../figures.ts';
import type { KitWords } from '../en/kit.ts';

export const kitWords: KitWords = {
  made: (directory) => `監査人向けの資料を ${directory} に書き出しました。`,
  incident: '事案',
  handoffs: '引き渡し',
  files: 'ファイル',
  signatures: '署名済み文書',
  manifest: 'ファイル一覧',
  log: '監査ログ',
  signedOver: (entries) => `${figure(entries)}件の項目に対するチェックポイントに、いま署名しました`,
  check:
    '受け取った人は、Mimamori がなくても中の check.sh で確かめられます。手順と意味は README.ja.md と README.md にあります。',
  secret:
    '氏名、理由、伏せ字のカード番号を含みます。全桁は含みません。暗号化して送り、検証鍵は別の経路で渡してください。',
};
