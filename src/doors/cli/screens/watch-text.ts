import { isPerhapsRecalled } from '../../../domain/readiness/card-watch.ts';
import type { CardWatch } from '../../../domain/readiness/card-watch.ts';
import type { View } from '../view.ts';
import { cardAnswerWords as answersEn } from '../words/en/card-answers.ts';
import { lookupWords as en } from '../words/en/lookup.ts';
import { cardAnswerWords as answersJa } from '../words/ja/card-answers.ts';
import { lookupWords as ja } from '../words/ja/lookup.ts';
import { momentText } from './clock-texts.ts';

const words = {
  en: { ...en, reasons: answersEn.reasons },
  ja: { ...ja, reasons: answersJa.reasons },
};

/** Whether anybody watches a card, and what shows it, for whoever answers callers. */
export function watchText(watch: CardWatch, zone: string, view: View): string {
  const say = words[view.language];
  const { watch: states } = say;
  switch (watch.state) {
    case 'contradicted':
    case 'recalled':
      return states[watch.state];
    case 'unknown':
      if (isPerhapsRecalled(watch)) return states.unknownRecall;
      return watch.isEarly ? states.unknownYet : states.unknown;
    case 'returned':
      return states.returned(say.reasons[watch.reason], answerText(watch, zone, view));
    case 'watched':
      return states.watched(sourceText(watch, zone, view));
    case 'promised': {
      const text = watch.by === 'answer' ? states.accepted : states.promised;
      return text(sourceText(watch, zone, view));
    }
  }
}

function sourceText(watch: Extract<CardWatch, { by: unknown }>, zone: string, view: View): string {
  if (watch.by === 'answer') return answerText(watch, zone, view);
  const { since, from } = words[view.language];
  const time = momentText(new Date(watch.sinceMs), zone, view);
  return watch.state === 'watched' ? since(time) : from(time);
}

function answerText(
  { atMs, isSigned }: { readonly atMs: number; readonly isSigned: boolean },
  zone: string,
  view: View,
): string {
  const { answered, answeredUnsigned } = words[view.language];
  return (isSigned ? answered : answeredUnsigned)(momentText(new Date(atMs), zone, view));
}
