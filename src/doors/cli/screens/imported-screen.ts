import type { Imported } from '../../../exchange/handoff/import-sent.ts';
import { shortDigest, sizeIn } from '../figures.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { importWords as en } from '../words/en/import.ts';
import { recordWords as recordEn } from '../words/en/record.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { importWords as ja } from '../words/ja/import.ts';
import { recordWords as recordJa } from '../words/ja/record.ts';
import { nextLines } from './next-lines.ts';
import { tallyLines } from './tally-lines.ts';
import { momentText } from './clock-texts.ts';

const words = {
  en: { ...commonEn, ...recordEn, ...en },
  ja: { ...commonJa, ...recordJa, ...ja },
};

/** After `handoff import-sent`: what was read, that it is a person's word so far, and who has to confirm it. */
export function importedScreen(imported: Imported, isRequested: boolean, view: View): string[] {
  const say = words[view.language];
  const { handoff, row, request, evidence, result } = imported;
  const { incident } = row;
  const how = say.how(
    say.channel[request.channel],
    momentText(request.sentAt, zoneOf(view, incident), view),
  );
  const proof = say.evidence(shortDigest(evidence.sha256), sizeIn(evidence.bytes, view.language));
  const steps = [
    { command: say.review(handoff), label: say.reviewLabel },
    ...(isRequested ? [] : [{ command: say.request(handoff), label: say.requestLabel }]),
    { command: say.approve(handoff), label: say.approveLabel },
  ];
  return [
    ...hang('', say.imported(handoff, request.incident, request.recipient)),
    ...hang('◆ ', [how, proof].join(' · ')),
    '',
    ...tallyLines({ ...result, incident }, undefined, view),
    '',
    ...(result.batches.length === 0
      ? hang('', say.nothing)
      : [...hang('', say.means(say.cardCount(result.cards))), ...nextLines(steps, view)]),
  ];
}
