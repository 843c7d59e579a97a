import type { View } from '../view.ts';
import { recallWords as recallEn } from '../words/en/recall.ts';
import type { RecallWords } from '../words/en/recall.ts';
import { referenceWords as en } from '../words/en/references.ts';
import type { ReferenceWords } from '../words/en/references.ts';
import { recallWords as recallJa } from '../words/ja/recall.ts';
import { referenceWords as ja } from '../words/ja/references.ts';

const words = {
  en: { references: en, recall: recallEn.counts },
  ja: { references: ja, recall: recallJa.counts },
};

/**
 * The words of a screen that counts what a handoff hands over: of cards they are its own, of references and of cards that
 * are recalled these. A recall that is counted like a list would be read as one.
 */
export function subjectWords(
  { language }: View,
  subject: 'references' | 'recall' | undefined,
): Partial<ReferenceWords & RecallWords['counts']> {
  return subject === undefined ? {} : words[language][subject];
}
