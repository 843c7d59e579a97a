import { figure } from '../../figures.ts';
import type { MerchantWords } from '../en/merchants.ts';

export const merchantWords: MerchantWords = {
  merchants: '加盟店別',
  columns: ['加盟店', 'レコード', 'カード', '注文番号', '対象外', '保留'],
  none: '(事案の加盟店ではないもの)',
  more: (merchants) => `(ほか 加盟店 ${figure(merchants)}店)`,
  total: '合計',
  shared: (sum, cards) =>
    `複数の加盟店で使われたカードは、それぞれの加盟店で数えています。加盟店別の合計 ${figure(sum)}枚、実数 ${figure(cards)}枚。`,
  listed: '加盟店',
  listedMore: (merchants) => `ほか 加盟店 ${figure(merchants)}店`,
  number: (number) => `番号 ${number}`,
  windowOf: (merchants) => `${merchants} のみ`,
  routeOf: (merchant) => `加盟店 ${merchant}`,
  several: (merchants) => `加盟店 ${figure(merchants)}店`,
};
