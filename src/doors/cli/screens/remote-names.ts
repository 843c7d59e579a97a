import type { BatchRow } from '../../../exchange/handoff/handoff-register.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { traitWords as en } from '../words/en/traits.ts';
import { traitWords as ja } from '../words/ja/traits.ts';

const words = { en, ja };

/** What batches are called at their recipients where that is not our own name, and their control files. */
export function remoteNameLines(batches: readonly BatchRow[], view: View): string[] {
  return batches.flatMap((batch) => {
    const text = remoteNameText(batch, view);
    return text === '' ? [] : hang(`${batch.id}  ${batch.recipient}  `, text);
  });
}

/** Name, running number and control file of one batch; '' when all of it is as everywhere. */
export function remoteNameText({ remoteName, sequence, evidence }: BatchRow, view: View): string {
  const say = words[view.language];
  const control = evidence?.controlName;
  return [
    ...(remoteName === undefined ? [] : [say.theirName(showForeign(remoteName))]),
    ...(sequence === undefined ? [] : [say.number(sequence)]),
    ...(control === undefined ? [] : [say.controlThere(showForeign(control))]),
  ].join(' · ');
}
