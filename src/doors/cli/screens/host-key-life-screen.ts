import type { RetiredHostKey, RotatedHostKey } from '../../../exchange/pickup/rotate-host-key.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { hostKeyWords as en } from '../words/en/host-key.ts';
import { hostKeyWords as ja } from '../words/ja/host-key.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** The next key of the pickup server, the one that is shown until then, and how to come to its end. */
export function hostKeyRotateScreen(rotated: RotatedHostKey, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.rotated),
    ...labelledLines(
      [
        [say.nextKey, rotated.fingerprint],
        [say.shownKey, rotated.replaced],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.overlap),
    '',
    ...nextLines(
      [
        { command: 'mimamori key export --pickup', label: say.steps.send },
        { command: 'mimamori key retire --pickup --as ID --reason TEXT', label: say.steps.end },
      ],
      view,
    ),
  ];
}

/** That another key is shown from the next start of `serve` on, and what to ask of recipients. */
export function hostKeyRetireScreen({ fingerprint, shown }: RetiredHostKey, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.retired(fingerprint)),
    ...hang('', say.showsNext(shown)),
    '',
    ...nextLines([{ command: 'mimamori serve', label: say.steps.restart }], view),
  ];
}
