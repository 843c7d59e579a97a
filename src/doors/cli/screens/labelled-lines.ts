import { hang, pad, widthOf } from '../layout.ts';
import { paint } from '../colour.ts';
import type { View } from '../view.ts';

/** A label and what belongs to it. Rows whose text is empty or missing are left out. */
export type LabelledRow = readonly [label: string, text: string | undefined];

/** Labels on the left, texts beside them, aligned; a repeated label is shown once. */
export function labelledLines(rows: readonly LabelledRow[], view: View, indent = 0): string[] {
  const shown = rows.filter((row): row is readonly [string, string] => (row[1] ?? '') !== '');
  const column = Math.max(0, ...shown.map(([label]) => widthOf(label)));
  return shown.flatMap(([label, text], at) => {
    const said = label === shown[at - 1]?.[0] ? '' : label;
    const head = `${' '.repeat(indent)}${paint(pad(said, column), 'faint', view)}  `;
    return hang(head, text);
  });
}
