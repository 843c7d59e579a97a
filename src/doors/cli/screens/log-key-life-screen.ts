import type { RetiredLogKey, RotatedLogKey } from '../../../exchange/audit/rotate-log-key.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { logKeyWords as en } from '../words/en/log-key.ts';
import { logKeyWords as ja } from '../words/ja/log-key.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** A new key of the log, the one that signs beside it, and how to come to its end. */
export function logKeyRotateScreen(rotated: RotatedLogKey, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.rotated(figure(rotated.checkpoint.size))),
    '',
    ...labelledLines(
      [
        [say.newKey, showForeign(rotated.vkey)],
        [say.oldKey, showForeign(rotated.replaced)],
      ],
      view,
    ),
    '',
    ...hang('', say.overlap),
    '',
    ...nextLines(
      [
        { command: 'mimamori key export --log', label: say.steps.send },
        { command: 'mimamori key retire --log --as ID --reason TEXT', label: say.steps.end },
      ],
      view,
    ),
  ];
}

export function logKeyRetireScreen(made: RetiredLogKey, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.retired(showForeign(made.retired))),
    ...hang('', say.retiredMeans),
    '',
    ...nextLines([{ command: 'mimamori audit export DIR' }], view),
  ];
}
