import type { EndingKey } from '../../../exchange/keys/key-warnings.ts';
import type { View } from '../view.ts';
import { keyWords as en } from '../words/en/keys.ts';
import { workspaceWords as workspaceEn } from '../words/en/workspace.ts';
import { keyWords as ja } from '../words/ja/keys.ts';
import { workspaceWords as workspaceJa } from '../words/ja/workspace.ts';
import type { LabelledRow } from './labelled-lines.ts';

const words = {
  en: { label: workspaceEn.keys, ...en },
  ja: { label: workspaceJa.keys, ...ja },
};

/** Our own keys that end soon, for `status`. */
export function keyRows(ending: readonly EndingKey[], view: View): LabelledRow[] {
  const say = words[view.language];
  return ending.map(({ key: { purpose, id }, end: { kind, daysLeft } }) => {
    const name = purpose === 'keyed-hash' ? `${say.purpose[purpose]} ${id}` : say.purpose[purpose];
    return [say.label, say.ending[kind](name, say.left(daysLeft))];
  });
}
