import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { cardAnswerWords as en } from '../words/en/card-answers.ts';
import { cardAnswerWords as ja } from '../words/ja/card-answers.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

/** An answer that is waited for. */
interface Awaited {
  readonly dueAt: Date | undefined;
  readonly open: { readonly unanswered: number };
  readonly isOverdue: boolean;
}

/** When the rest of an answer is due; empty without terms, or with nothing to wait for. */
export function dueText({ dueAt, open, isOverdue }: Awaited, view: View): string[] {
  if (dueAt === undefined || open.unanswered === 0) return [];
  const say = words[view.language];
  const time = momentText(dueAt, zoneOf(view), view);
  return [isOverdue ? say.overdue(time) : say.due(time)];
}
