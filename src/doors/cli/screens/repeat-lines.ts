import type { PlannedRepeat } from '../../../domain/handoff/plan.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as en } from '../words/en/common.ts';
import { commonWords as ja } from '../words/ja/common.ts';

const words = { en, ja };

/** Of each recipient who is told cards again: how many are new to them, how many are not, and what is missing. */
export function repeatLines(repeats: readonly PlannedRepeat[] | undefined, view: View): string[] {
  const say = words[view.language];
  return (repeats ?? []).flatMap(({ recipient, lists, cards, repeated, absent = 0 }) => {
    const told = say.listsOf[lists](recipient, cards - repeated, repeated);
    return hang('  ', [told, ...(absent === 0 ? [] : [say.listsAbsent(absent)])].join(' · '));
  });
}
