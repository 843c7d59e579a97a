import { nameVariants } from './name-variants.ts';

/** Characters of a name in normal form, at most. */
const NAME_CHARACTERS_MAX = 100;

/** Why a text is no name that could be looked up. */
export type NameRefusal = 'empty' | 'too-long' | 'characters';

/**
 * The normal form of a person's name, by which the same person is found however shop and caller write it; kanji and kana
 * stay two names. Nobody is shown it.
 *
 * NFKC; without variation selectors, invisible signs, spaces, hyphens and other punctuation; without 様 and 殿 at the end; a
 * repeating mark as what it repeats; hiragana as katakana, and of these, loosely: small as large ones, ヴァ as バ, ヲ ヅ ヂ as
 * オ ズ ジ, no long vowel marks; variants of kanji as one (`nameVariants`). A name of Latin letters alone: upper case without
 * accents, its words in the order of the alphabet, since shops and callers put the family name first or last.
 *
 * Refused: nothing, or one character; more than 100 characters; control characters, digits, and what could not be decoded.
 */
export function normaliseName(
  text: string,
): { readonly name: string } | { readonly refused: NameRefusal } {
  if (text.length > 4 * NAME_CHARACTERS_MAX) return { refused: 'too-long' };
  const plain = text.normalize('NFKC').replace(unseen, '').trim();
  if (unusable.test(plain)) return { refused: 'characters' };
  const name = otherThanLatin.test(plain) ? japaneseName(plain) : latinName(plain);
  const { length } = Array.from(name);
  if (length < 2) return { refused: 'empty' };
  return length > NAME_CHARACTERS_MAX ? { refused: 'too-long' } : { name };
}

/** Format characters, and selectors of a glyph, which change nothing that could be said on the phone. */
const unseen = /[\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]+/gu;
const unusable = /[\p{Cc}\p{Cs}\p{Nd}\p{No}\u{FFFD}]/u;
const otherThanLatin = /(?!\p{Script=Latin})\p{L}/u;
const betweenLetters = /[\p{P}\p{S}\p{Z}]+/gu;
const betweenWords = /[\s,.;/&]+/u;

function latinName(text: string): string {
  return text
    .toUpperCase()
    .split(betweenWords)
    .map((word) => word.normalize('NFD').replace(/[^\p{L}]+/gu, ''))
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

function japaneseName(text: string): string {
  const bare = text
    .replace(/[様殿]$/u, '')
    .replace(betweenLetters, '')
    .toUpperCase()
    .replace(/(.)々/gu, '$1$1')
    .replace(/[\u3041-\u3096\u309D\u309E]/g, (kana) =>
      String.fromCharCode(kana.charCodeAt(0) + hiraganaToKatakana),
    );
  return Array.from(looseKana(bare), (character) => nameVariants.get(character) ?? character).join(
    '',
  );
}

const hiraganaToKatakana = 0x60;

function looseKana(text: string): string {
  return text
    .replace(/ヴ([ァィェォ]?)/g, (_, vowel: string) => voiced[vowel]!)
    .replace(/[ァィゥェォッャュョヮヵヶヲヅヂー]/g, (kana) => loose[kana]!);
}

const voiced: Readonly<Record<string, string>> = {
  ァ: 'バ',
  ィ: 'ビ',
  ェ: 'ベ',
  ォ: 'ボ',
  '': 'ブ',
};

const loose: Readonly<Record<string, string>> = {
  ...{ ァ: 'ア', ィ: 'イ', ゥ: 'ウ', ェ: 'エ', ォ: 'オ', ッ: 'ツ', ャ: 'ヤ', ュ: 'ユ', ョ: 'ヨ' },
  ...{ ヮ: 'ワ', ヵ: 'カ', ヶ: 'ケ', ヲ: 'オ', ヅ: 'ズ', ヂ: 'ジ', ー: '' },
};
