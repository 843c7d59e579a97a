import type { Unsent } from '../../../exchange/handoff/unsent-of-signer.ts';
import { fingerprintGroups } from '../figures.ts';
import { hang } from '../layout.ts';
import type { AnyRetiredKey, AnyRotatedKey } from '../outputs/key-life.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { keyLifeWords as lifeEn } from '../words/en/key-life.ts';
import { keyWords as en } from '../words/en/keys.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { keyLifeWords as lifeJa } from '../words/ja/key-life.ts';
import { keyWords as ja } from '../words/ja/keys.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en: { ...commonEn, ...en, ...lifeEn }, ja: { ...commonJa, ...ja, ...lifeJa } };

/** A new key, the one that is still good for something beside it, and how to come to its end. */
export function keyRotateScreen(rotated: AnyRotatedKey, view: View): string[] {
  const { purpose, fingerprint, replaced } = rotated;
  const say = words[view.language];
  const { send, call, check, end } = say.rotateSteps[purpose];
  const tries = purpose === 'sftp' ? 'mimamori recipient probe ID' : 'mimamori recipient test ID';
  return [
    ...hang('', say.rotated[purpose]),
    ...labelledLines(
      [
        [say.newKey, fingerprintText(fingerprint)],
        [say.keyState.retiring, fingerprintText(replaced)],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.overlap[purpose]),
    ...(rotated.purpose === 'openpgp'
      ? hang('', rotated.isVouchedFor ? say.vouchedFor : say.notVouchedFor)
      : []),
    '',
    ...nextLines(
      [
        { command: `mimamori key export --${purpose}`, label: send },
        { command: 'mimamori key sheet', label: call },
        { command: `${tries} --as ID`, label: check },
        { command: `mimamori key retire --${purpose} --as ID --reason TEXT`, label: end },
      ],
      view,
    ),
  ];
}

/** That a key is used nowhere any more, what never leaves because of it, and what to ask of partners. */
export function keyRetireScreen(retired: AnyRetiredKey, view: View): string[] {
  const { purpose, fingerprint } = retired;
  const say = words[view.language];
  return [
    ...hang('', say.retiredKey[purpose](fingerprintText(fingerprint))),
    ...hang('', say.retiredMeans[purpose]),
    ...(retired.purpose === 'openpgp' ? unsentLines(retired.unsent, view) : []),
    '',
    ...nextLines([{ command: 'mimamori key list' }], view),
  ];
}

function unsentLines({ batches, handoffs }: Unsent, view: View): string[] {
  if (batches === 0) return [];
  const say = words[view.language];
  return ['', ...hang('', say.unsent(say.batches(batches), handoffs.join(', ')))];
}

function fingerprintText(fingerprint: string): string {
  if (!fingerprint.startsWith('SHA256:')) return fingerprintGroups(fingerprint);
  return fingerprint.replace(/(?<=:).*/, (digest) => ` ${fingerprintGroups(digest)}`);
}
