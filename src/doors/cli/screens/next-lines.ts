import { paint } from '../colour.ts';
import { commandLines } from '../command-lines.ts';
import { hang, pad, widthOf } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as en } from '../words/en/common.ts';
import { commonWords as ja } from '../words/ja/common.ts';

const words = { en, ja };

/** A command, and what it is for or who runs it; or plain words. */
export type NextStep = string | { readonly command: string; readonly label?: string };

const ALIGNED_MAX = 60;

/** The last lines of a screen: what to do next, in order, labels under each other where there is room. */
export function nextLines(steps: readonly NextStep[], view: View): string[] {
  const { next, then } = words[view.language];
  const column = Math.max(widthOf(next), steps.length > 1 ? widthOf(then) : 0);
  const width = Math.max(
    0,
    ...steps.map((step) => (typeof step === 'string' ? 0 : widthOf(step.command))),
  );
  return steps.flatMap((step, at) => {
    const head = `${paint(pad(at === 0 ? next : then, column), 'strong', view)}  `;
    if (typeof step === 'string') return hang(head, step);
    const command = step.label !== undefined && width <= ALIGNED_MAX ? pad(step.command, width) : step.command;
    return commandLines(head, command, step.label);
  });
}
