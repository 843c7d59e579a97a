import type { PurgedSource } from '../../../exchange/purge/purge-source.ts';
import { shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { purgeWords as en } from '../words/en/purge.ts';
import { purgeWords as ja } from '../words/ja/purge.ts';
import { labelledLines } from './labelled-lines.ts';

const words = { en, ja };

/** What was done to a source, and what that does not prove. */
export function purgeScreen(purged: PurgedSource, name: string, view: View): string[] {
  const say = words[view.language];
  const { source, handoffs, fileSystem, done, unproven } = purged;
  const { copies, uncompared } = source;
  return [
    ...hang('', say.removed(showForeign(name))),
    '',
    ...labelledLines(
      [
        [
          say.source,
          `${sizeIn(source.bytes, view.language)} · sha256 ${shortDigest(source.sha256)}`,
        ],
        [say.readFor, handoffs.length === 0 ? say.noHandoff : handoffs.join(', ')],
        [say.done, done.map((step) => say.step[step]).join(' · ') || say.wasGone],
        [say.fileSystem, fileSystem ?? say.unknown],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.notProven),
    ...unproven.flatMap((place) => hang('  - ', say.where[place])),
    ...(copies.length === 0
      ? []
      : [
          '',
          ...hang('', say.copies),
          ...copies.flatMap((copy) => hang('  - ', showForeign(copy))),
        ]),
    ...(uncompared === 0 ? [] : ['', ...hang('', say.uncompared(uncompared))]),
  ];
}
