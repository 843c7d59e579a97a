import type { ListedResponses, RefusedAnswer } from '../../../exchange/responses/card-answers.ts';
import type { ListedGaps } from '../../../exchange/responses/number-gaps.ts';
import type { ListedArrivals } from '../../../exchange/arrivals/arrival-book.ts';
import { figure } from '../figures.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { cardAnswerWords as cardsEn } from '../words/en/card-answers.ts';
import { responseWords as en } from '../words/en/responses.ts';
import { cardAnswerWords as cardsJa } from '../words/ja/card-answers.ts';
import { responseWords as ja } from '../words/ja/responses.ts';
import { asideBlocks } from './arrivals-screen.ts';
import { answerTable } from './card-answers-screen.ts';
import { momentText } from './clock-texts.ts';
import { numberGapTexts } from './number-gap-texts.ts';
import { responseTable } from './responses-screen.ts';

const words = { en: { ...cardsEn, ...en }, ja: { ...cardsJa, ...ja } };

/** `response list`: what was taken in about references and about cards, and what was refused or put aside and is open. */
export function responseListScreen(
  {
    ofReferences,
    ofCards,
    refused,
    gaps,
    quarantined,
    notTaken,
  }: ListedArrivals & ListedGaps & ListedResponses,
  view: View,
): string[] {
  const say = words[view.language];
  const open = refused.filter(({ isSettled }) => !isSettled);
  const blocks = [
    ofReferences.length === 0 ? [] : responseTable(ofReferences, view),
    ofCards.length === 0 ? [] : answerTable(ofCards, view),
    open.length === 0 ? [] : [say.refusedTitle, ...open.flatMap((row) => refusedLine(row, view))],
    numberGapTexts(gaps, view).flatMap((text) => hang('', text)),
    ...asideBlocks(quarantined, notTaken, view),
  ].filter((block) => block.length > 0);
  if (blocks.length === 0) return hang('', say.none);
  return blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]));
}

function refusedLine(
  { batch, refusedAt, code, line, officer }: RefusedAnswer,
  view: View,
): string[] {
  const at = momentText(refusedAt, zoneOf(view), view);
  const row = words[view.language].refusedRow(
    at,
    code,
    line === undefined ? '' : figure(line),
    officer,
  );
  return hang(`  ${batch}  `, row);
}
