import type { RotatedKey } from '../../../exchange/rotate-key.ts';
import { fingerprintGroups } from '../figures.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { keyWords as en } from '../words/en/keys.ts';
import { keyWords as ja } from '../words/ja/keys.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

/** A new key, the one that still logs in beside it, and how to come to its end. */
export function keyRotateScreen({ fingerprint, replaced }: RotatedKey, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.rotated),
    ...labelledLines(
      [
        [say.newKey, pinText(fingerprint)],
        [say.keyState.retiring, pinText(replaced)],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.overlap),
    '',
    ...nextLines(
      [
        { command: 'mimamori key export --sftp', label: say.rotateSteps.send },
        { command: 'mimamori key sheet', label: say.rotateSteps.call },
        { command: 'mimamori recipient probe ID --as ID', label: say.rotateSteps.probe },
        { command: 'mimamori key retire --sftp --as ID --reason TEXT', label: say.rotateSteps.end },
      ],
      view,
    ),
  ];
}

export function keyRetireScreen(retired: { readonly fingerprint: string }, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.retiredKey(pinText(retired.fingerprint))),
    ...hang('', say.retiredMeans),
    '',
    ...nextLines([{ command: 'mimamori key list' }], view),
  ];
}

function pinText(fingerprint: string): string {
  return fingerprint.replace(/(?<=:).*/, (digest) => ` ${fingerprintGroups(digest)}`);
}
