import type { PurgedIncident } from '../../../exchange/purge/purge-incident.ts';
import { figure } from '../figures.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { purgeWords as sourceEn } from '../words/en/purge.ts';
import { purgedIncidentWords as en } from '../words/en/purged-incident.ts';
import { purgeWords as sourceJa } from '../words/ja/purge.ts';
import { purgedIncidentWords as ja } from '../words/ja/purged-incident.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';

const words = {
  en: { ...sourceEn, ...en },
  ja: { ...sourceJa, ...ja },
};

/** What was removed of an incident, what stays, and what that does not prove. */
export function purgedIncidentScreen(purged: PurgedIncident, view: View): string[] {
  const say = words[view.language];
  const { incident, counts, unknown, fileSystem, unproven, isResumed } = purged;
  const rows = Object.entries(say.kinds).map(([kind, name]): LabelledRow => [
    name,
    figure(counts[kind] ?? 0),
  ]);
  return [
    ...hang('', say.purged(incident)),
    ...(isResumed ? hang('', say.resumed) : []),
    '',
    ...labelledLines([...rows, [say.fileSystem, fileSystem ?? say.unknown]], view, 2),
    '',
    ...hang('', say.keyGone),
    ...hang('', say.stays),
    ...(unknown === 0 ? [] : hang('', say.unknownFiles(unknown))),
    '',
    ...hang('', say.rewritten),
    ...hang('', say.notProven),
    ...unproven.flatMap((place) => hang('  - ', say.where[place])),
  ];
}
