import type { RefilledAnchor } from '../../../exchange/audit/refill-anchor.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { anchorWords as en } from '../words/en/anchor.ts';
import { anchorWords as ja } from '../words/ja/anchor.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** What an anchor holds that lacked checkpoints of this log before. */
export function anchorScreen(made: RefilledAnchor, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.filled(made.added, made.checkpoints, made.checkpoint.size)),
    ...hang('', say.filledMeans),
    '',
    ...nextLines([{ command: 'mimamori audit verify' }], view),
  ];
}
