import type { BackupManifest } from '../../../domain/backup/manifest.ts';
import type { MadeBackup } from '../../../exchange/backup/make-backup.ts';
import type { RestoredBackup } from '../../../exchange/backup/restore-backup.ts';
import { paint } from '../colour.ts';
import { faultPhrase } from '../fault-screen.ts';
import { shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { backupWords as en } from '../words/en/backup.ts';
import { backupWords as ja } from '../words/ja/backup.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };
const leftOutShown = 5;

/** A backup that was made: what it holds, what opens it, what it has to be treated as. */
export function backupScreen(made: MadeBackup, file: string, view: View): string[] {
  const say = words[view.language];
  const { manifest, bytes, sha256, leftOut } = made;
  const shown = leftOut.slice(0, leftOutShown).map(showForeign).join(', ');
  const more = leftOut.length - leftOutShown;
  return [
    ...hang('', paint(say.made(showForeign(file)), 'good', view)),
    '',
    ...labelledLines(
      [
        [say.size, sizeIn(bytes, view.language)],
        [say.digest, shortDigest(sha256)],
        ...manifestRows(manifest, say.entries, view),
        [say.leftOut, more > 0 ? say.andMore(shown, more) : shown],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.opens),
    ...hang('', say.treat),
    '',
    ...nextLines(
      [say.keepApart, { command: say.tryIt(showForeign(file)), label: say.tryLabel }],
      view,
    ),
  ];
}

/** A restored workspace, and whether it may go on. */
export function restoreScreen(
  made: Pick<RestoredBackup, 'manifest' | 'standing'>,
  directory: string,
  view: View,
): string[] {
  const say = words[view.language];
  const { manifest, standing } = made;
  const path = showForeign(directory);
  const rows = labelledLines(manifestRows(manifest, say.restoredEntries, view), view, 2);
  if (!standing.mayGoOn) {
    const { code, facts } = standing.fault;
    return [
      ...hang('', paint(say.held(path), 'bad', view)),
      ...hang('', faultPhrase(code, facts, view)),
      '',
      ...rows,
      '',
      ...hang('', say.heldMeans),
      '',
      ...nextLines([{ command: say.status(path) }, { command: say.doctor(path) }], view),
    ];
  }
  return [
    ...hang('', paint(say.restored(path), 'good', view)),
    '',
    ...rows,
    '',
    ...hang('', say.compared[standing.comparedWith]),
    ...hang('', say.onlyOne),
    '',
    ...nextLines([{ command: say.doctor(path) }, { command: say.status(path) }], view),
  ];
}

function manifestRows(
  manifest: BackupManifest,
  entries: (size: number) => string,
  view: View,
): LabelledRow[] {
  const say = words[view.language];
  const { backup, workspace, mode, createdAt, size, files } = manifest;
  return [
    [say.workspace, `${workspace} · ${say.mode[mode]}`],
    [say.backup, `${backup} · ${momentText(new Date(createdAt), zoneOf(view), view)}`],
    [say.log, entries(size)],
    [
      say.files,
      say.filesOf(
        files.length,
        sizeIn(
          files.reduce((sum, { bytes }) => sum + bytes, 0),
          view.language,
        ),
      ),
    ],
  ];
}
