import type { NumberGaps } from '../../../exchange/responses/number-gaps.ts';
import type { View } from '../view.ts';
import { cardAnswerWords as en } from '../words/en/card-answers.ts';
import { cardAnswerWords as ja } from '../words/ja/card-answers.ts';

const words = { en, ja };

/** So many spans of numbers are named. */
const spansMax = 5;

/** One line for each side on which something did not arrive, by the running numbers of a recipient. */
export function numberGapTexts(gaps: readonly NumberGaps[], { language }: View): string[] {
  const say = words[language];
  return gaps.flatMap(({ recipient, missing, expected }) => {
    const spans = missing
      .slice(0, spansMax)
      .map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
    const more = missing.length > spansMax ? [...spans, '…'] : spans;
    return [
      ...(more.length === 0 ? [] : [say.answersMissing(recipient, more.join(', '))]),
      ...(expected === undefined
        ? []
        : [
            expected.next > expected.sent
              ? say.filesAhead(recipient, expected.next, expected.sent)
              : say.filesMissing(recipient, expected.next, expected.sent),
          ]),
    ];
  });
}
