/** A card that fits a question; `lastFour` is '' where nobody knows them. */
interface FittingCard {
  readonly brandIndex: number;
  readonly lastFour: string;
}

/**
 * Whether nothing may be told of these cards before the caller has said the last four digits of theirs: where they end
 * differently and nothing was said, and always where nobody knows the digits of several. Then what a caller says tells
 * nobody apart, and another person's card would be read out.
 */
export function mustAskDigits(cards: readonly FittingCard[], said: string | undefined): boolean {
  if (cards.filter(({ lastFour }) => lastFour === '').length > 1) return true;
  const endings = new Set(cards.map(({ brandIndex, lastFour }) => `${brandIndex} ${lastFour}`));
  return said === undefined && endings.size > 1;
}
