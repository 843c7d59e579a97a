import type { ExportedIncident } from '../../../exchange/kit/export-incident.ts';
import { paint } from '../colour.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { kitWords as en } from '../words/en/kit.ts';
import { kitWords as ja } from '../words/ja/kit.ts';
import { labelledLines } from './labelled-lines.ts';

const words = { en, ja };

/** An auditor kit that was written: what it holds, what binds it, and what to do with it. */
export function kitScreen(made: ExportedIncident, directory: string, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', paint(say.made(showForeign(directory)), 'good', view)),
    '',
    ...labelledLines(
      [
        [say.incident, made.incident],
        [say.handoffs, figure(made.handoffs)],
        [say.files, figure(made.files)],
        [say.signatures, figure(made.signatures)],
        [say.manifest, made.manifest],
        [say.log, say.signedOver(made.checkpoint.size)],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.check),
    ...hang('', say.secret),
  ];
}
