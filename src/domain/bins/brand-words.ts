import { brandIndexById, brands } from '../cards/brands.ts';

/** What acquirers' tables call the brands, beside id and names: folded as `fold` does. */
const otherWords: Readonly<Record<string, string>> = {
  mc: 'mastercard',
  master: 'mastercard',
  マスターカード: 'mastercard',
  amex: 'american-express',
  アメックス: 'american-express',
  ビザ: 'visa',
  diners: 'diners-club',
  dinersclubinternational: 'diners-club',
  ダイナース: 'diners-club',
  cup: 'unionpay',
  chinaunionpay: 'unionpay',
  銀聯カード: 'unionpay',
  ジェーシービー: 'jcb',
};

const indexByWord = new Map<string, number>();
for (const { id, name, nameJa } of brands.slice(1)) {
  for (const word of [id, name, nameJa]) indexByWord.set(fold(word), brandIndexById(id));
}
for (const [word, id] of Object.entries(otherWords)) {
  indexByWord.set(fold(word), brandIndexById(id));
}

/**
 * The brand an issuer table means by a word: ids, names in both languages and usual short forms, in any
 * width and case. Returns `undefined` for a word that is none of them. Throws nothing.
 */
export function brandIndexOfWord(word: string): number | undefined {
  return indexByWord.get(fold(word));
}

function fold(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_.・]/gu, '');
}
