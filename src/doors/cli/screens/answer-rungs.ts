import { isWorthSaying } from '../../../exchange/responses/answered-cards.ts';
import { receiptOf } from '../../../exchange/responses/receipt-of.ts';
import type { AnsweredCards } from '../../../exchange/responses/answered-cards.ts';
import type { ShownHandoff } from '../../../exchange/handoff/show-handoff.ts';
import { figure } from '../figures.ts';
import { widthOf } from '../layout.ts';
import type { Cell } from '../table.ts';
import type { View } from '../view.ts';
import { cardAnswerWords as en } from '../words/en/card-answers.ts';
import { cardAnswerWords as ja } from '../words/ja/card-answers.ts';
import { markCell } from './batch-marks.ts';
import type { Mark } from './batch-marks.ts';

const words = { en, ja };

const receiptMarks = { answer: '●', word: '◆', none: '○' } as const;

/** The upper rungs of the evidence ladder: what recipients answered, once any of it is known or waited for. */
export class AnswerRungs {
  readonly areShown: boolean;
  readonly headings: readonly string[];
  readonly #answered: readonly AnsweredCards[];

  constructor({ answeredCards = [] }: ShownHandoff, { language }: View) {
    this.#answered = answeredCards;
    this.areShown = answeredCards.some(isWorthSaying);
    const say = words[language];
    this.headings = this.areShown ? [say.acceptedRung, say.monitoringRung] : [];
  }

  /** Whoever answered has the file; `wasSaid`: a person said so. */
  received(batch: string, wasSaid: boolean): Mark {
    return receiptMarks[receiptOf(this.#of(batch), wasSaid) ?? 'none'];
  }

  /** A card that is watched was accepted. */
  cells(batch: string): Cell[] {
    const answered = this.#of(batch);
    if (!this.areShown) return [];
    const { accepted = 0, monitoring = 0, cards = 0 } = answered ?? {};
    const isSigned = answered?.isSigned ?? false;
    return [accepted + monitoring, monitoring].map((count, at) =>
      rungCell(count, cards, isSigned, widthOf(this.headings[at]!)),
    );
  }

  #of(batch: string): AnsweredCards | undefined {
    return this.#answered.find((one) => one.batch === batch);
  }
}

/** All, `◐` and how many, or none. */
function rungCell(count: number, cards: number, isSigned: boolean, width: number): Cell {
  if (count === 0) return markCell('○', width);
  if (count === cards) return markCell(isSigned ? '●' : '◆', width);
  return { text: `◐ ${figure(count)}`, style: 'warn' };
}
