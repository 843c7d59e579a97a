import type { ExportedLog } from '../../../exchange/audit/export-audit.ts';
import { paint } from '../colour.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { exportWords as en } from '../words/en/export.ts';
import { exportWords as ja } from '../words/ja/export.ts';
import { labelledLines } from './labelled-lines.ts';

const words = { en, ja };

/** A log that was written out as files: what it holds, how far it is signed for, and how it is checked. */
export function exportScreen(made: ExportedLog, directory: string, view: View): string[] {
  const say = words[view.language];
  const { origin, vkey, size, left, isSignedFirst, root } = made;
  return [
    ...hang('', paint(say.made(showForeign(directory)), 'good', view)),
    '',
    ...labelledLines(
      [
        [say.log, showForeign(origin)],
        [say.entries, figure(size)],
        [say.root, Buffer.from(root).toString('base64')],
        [say.checkpoint, isSignedFirst ? say.signedNow : say.newest],
        [say.left, left === 0 ? '' : say.leftOut(left)],
        [say.verifierKey, showForeign(vkey)],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.holds),
    ...hang('', say.handKeyApart),
  ];
}
