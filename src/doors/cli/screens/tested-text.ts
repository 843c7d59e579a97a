import type { RecipientStanding } from '../../../exchange/recipients/recipient-standing.ts';
import { shortDigest } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { recipientTestWords as en } from '../words/en/recipient-test.ts';
import { recipientTestWords as ja } from '../words/ja/recipient-test.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

/** Whether a recipient read a test file back: when, by whom and on which number, or what is missing. */
export function testedText({ isTested, test }: RecipientStanding, view: View): string {
  const say = words[view.language];
  if (test === undefined) return say.untested;
  if (!isTested) return test.state === 'read-back' ? say.changedSince : say.state[test.state];
  if (test.signed !== undefined) {
    const { sha256, takenAt } = test.signed;
    return `● ${say.bySignedFile(momentText(takenAt, zoneOf(view), view), shortDigest(sha256))}`;
  }
  const { by = '', phone = '', spokenAt } = test.answer ?? {};
  return [spokenAt && momentText(spokenAt, zoneOf(view), view), showForeign(by), showForeign(phone)]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}
