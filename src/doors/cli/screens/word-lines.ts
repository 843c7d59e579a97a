import type { BatchRow } from '../../../exchange/handoff/handoff-register.ts';
import type { PersonsWord } from '../../../exchange/delivery/word-register.ts';
import { shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { recordWords as en } from '../words/en/record.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { recordWords as ja } from '../words/ja/record.ts';
import { momentText } from './clock-texts.ts';
import { nextLines } from './next-lines.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** What persons said of batches, one under the other: mark, rung, who, how, when, on what file. */
export function wordLines(said: readonly PersonsWord[], view: View, zone: string): string[] {
  return said.flatMap((word) => hang(`◆ ${word.batch}  `, wordText(word, view, zone)));
}

/** `received · by phone, 2026-11-22 14:05 JST · Yamada, processing desk · noted by officer-1 · evidence 9f2c 41aa …`. */
export function wordText(word: PersonsWord, view: View, zone: string): string {
  const say = words[view.language];
  const { rung, channel, by, at, officer, evidence } = word;
  const parts = [
    say.rung[rung],
    say.how(say.channel[channel], momentText(at, zone, view)),
    ...(by === undefined ? [] : [showForeign(by)]),
    say.notedBy(officer),
    evidence === undefined
      ? say.noEvidence
      : say.evidence(shortDigest(evidence.sha256), sizeIn(evidence.bytes, view.language)),
  ];
  return parts.join(' · ');
}

/** What `handoff record` came to. */
export function recordScreen(
  batch: BatchRow,
  said: readonly PersonsWord[],
  view: View,
  zone: string,
): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.recorded(batch.id, batch.recipient)),
    ...wordLines(said, view, zone),
    ...hang('', say.recordedMeans(say.batchState[batch.state])),
    '',
    ...nextLines([{ command: say.show(batch.handoff) }], view),
  ];
}
