import type { View } from '../view.ts';
import { referenceWords as en } from '../words/en/references.ts';
import type { ReferenceWords } from '../words/en/references.ts';
import { referenceWords as ja } from '../words/ja/references.ts';

const words = { en, ja };

/** The words of a screen that counts what a handoff hands over: of cards they are its own, of references these. */
export function subjectWords(
  { language }: View,
  subject: 'references' | undefined,
): Partial<ReferenceWords> {
  return subject === undefined ? {} : words[language];
}
