import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { prepareWords as en } from '../words/en/prepare.ts';
import { prepareWords as ja } from '../words/ja/prepare.ts';

const words = { en, ja };

/** What nobody else would notice: that a list brings back cards which an officer took out one by one. */
export function recalledBeforeLines(cards: number | undefined, view: View): string[] {
  if (cards === undefined || cards === 0) return [];
  return hang('', words[view.language].recalledBefore(cards));
}
