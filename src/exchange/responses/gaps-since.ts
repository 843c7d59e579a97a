import type { NumberSpan } from '../../domain/responses/answer-numbers.ts';
import type { CardAnswerRow } from './card-answers.ts';
import type { NumberGaps } from './number-gaps.ts';

/**
 * When it became known that something of a recipient's numbers is missing: once for each answer that showed it, however the
 * gap is filled in part since. `answers`: all, in the order in which they were taken in.
 */
export function gapsSince(
  { recipient, missing, expected }: NumberGaps,
  answers: readonly CardAnswerRow[],
): readonly Date[] {
  const own = answers.filter((answer) => answer.recipient === recipient);
  const begin = own.findLastIndex(({ startsAgain = false }) => startsAgain);
  const counted = own.slice(Math.max(0, begin));
  const times = [
    ...missing.map((span) => shownAt(span, counted)),
    expected &&
      own.find(({ nextExpected }) => nextExpected === expected.next)?.importedAt.getTime(),
  ];
  return [...new Set(times.filter((time) => time !== undefined))].map((time) => new Date(time));
}

/** When a number above the span had come, and one below it where any did. */
function shownAt({ from, to }: NumberSpan, answers: readonly CardAnswerRow[]): number | undefined {
  const first = (isBeside: (number: number) => boolean): number | undefined =>
    answers
      .find(({ sequence }) => sequence !== undefined && isBeside(sequence))
      ?.importedAt.getTime();
  const above = first((number) => number > to);
  return above === undefined ? undefined : Math.max(above, first((number) => number < from) ?? 0);
}
