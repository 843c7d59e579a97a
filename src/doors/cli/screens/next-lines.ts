import { paint } from '../colour.ts';
import { commandLines, LABEL_GAP } from '../command-lines.ts';
import { hang, LINE_COLUMNS, pad, widthOf } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as en } from '../words/en/common.ts';
import { commonWords as ja } from '../words/ja/common.ts';

const words = { en, ja };

/** A command, and what it is for or who runs it; or plain words. */
export type NextStep = string | { readonly command: string; readonly label?: string };

/** The last lines of a screen: what to do next, in order, labels under each other where there is room. */
export function nextLines(steps: readonly NextStep[], view: View): string[] {
  const { next, then } = words[view.language];
  const column = Math.max(widthOf(next), steps.length > 1 ? widthOf(then) : 0);
  const width = sharedWidth(steps, column + 2);
  return steps.flatMap((step, at) => {
    const head = `${paint(pad(at === 0 ? next : then, column), 'strong', view)}  `;
    if (typeof step === 'string') return hang(head, step);
    const command = step.label === undefined ? step.command : pad(step.command, width);
    return commandLines(head, command, step.label);
  });
}

/** The width all commands are filled up to, so that their labels align; 0 where one of them would not fit then. */
function sharedWidth(steps: readonly NextStep[], indent: number): number {
  const labelled = steps.filter((step) => typeof step !== 'string' && step.label !== undefined) as {
    command: string;
    label: string;
  }[];
  const width = Math.max(0, ...labelled.map(({ command }) => widthOf(command)));
  const fits = labelled.every(
    ({ label }) => indent + width + LABEL_GAP.length + widthOf(label) <= LINE_COLUMNS,
  );
  return fits ? width : 0;
}
