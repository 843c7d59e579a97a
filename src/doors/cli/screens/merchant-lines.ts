import type { MerchantTally } from '../../../domain/intake/merchant-book.ts';
import { figure } from '../figures.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { merchantWords as en } from '../words/en/merchants.ts';
import { merchantWords as ja } from '../words/ja/merchants.ts';

const words = { en, ja };

/** Merchants that are shown one by one; `--json` has all. */
const SHOWN_MAX = 60;

/** What the merchants of a handoff came to together: `cards` counts each card once. */
export interface MerchantFigures {
  readonly merchants?: readonly MerchantTally[] | undefined;
  readonly read: number;
  readonly cards: number;
  readonly references: number;
}

/**
 * A line for each merchant, in the incident's order, whose numbers add up: records = cards + excluded + held. Of many
 * merchants those with the most cards are shown and the others taken together. None for an incident that lists none.
 */
export function merchantLines(data: MerchantFigures, view: View): string[] {
  const { merchants } = data;
  if (merchants === undefined) return [];
  const say = words[view.language];
  const shown = mostCards(merchants);
  const others = merchants.filter((one) => !shown.has(one));
  const rows = [
    [...say.columns],
    ...merchants
      .filter((one) => shown.has(one))
      .map((one) => rowOf(one.merchant === '' ? say.none : one.merchant, [one])),
    ...(others.length === 0 ? [] : [rowOf(say.more(others.length), others)]),
    ...(merchants.length > 1 ? [rowOf(say.total, merchants)] : []),
  ];
  const sum = merchants.reduce((cards, one) => cards + one.cards, 0);
  return [
    say.merchants,
    ...table([{ min: 20 }, ...say.columns.slice(1).map(() => right)], rows, view, 2),
    ...(sum === data.cards ? [] : hang('  ', say.shared(sum, data.cards))),
  ];
}

const right = { align: 'right' } as const;

function mostCards(merchants: readonly MerchantTally[]): ReadonlySet<MerchantTally> {
  if (merchants.length <= SHOWN_MAX) return new Set(merchants);
  return new Set(merchants.toSorted((a, b) => b.cards - a.cards).slice(0, SHOWN_MAX));
}

function rowOf(label: string, tallies: readonly MerchantTally[]): string[] {
  const sum = (of: (tally: MerchantTally) => number): string =>
    figure(tallies.reduce((total, tally) => total + of(tally), 0));
  return [
    label,
    sum(({ read }) => read),
    sum(({ cards }) => cards),
    sum(({ references }) => references),
    sum(({ excluded }) => sumOf(excluded)),
    sum(({ held }) => sumOf(held)),
  ];
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
