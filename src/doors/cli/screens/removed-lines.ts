import type { SourceRow } from '../../../exchange/handoff/handoff-register.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { purgeWords as en } from '../words/en/purge.ts';
import { purgeWords as ja } from '../words/ja/purge.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

/** Which sources of a handoff were removed, and how little that proves; nothing where none was. */
export function removedLines(sources: readonly SourceRow[], view: View, zone: string): string[] {
  const say = words[view.language];
  return sources.flatMap(({ name, removedAt }) =>
    removedAt === undefined
      ? []
      : hang('', say.shown(showForeign(name), momentText(removedAt, zone, view))),
  );
}
