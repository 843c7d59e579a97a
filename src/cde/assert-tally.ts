import type { PrepareResult } from '../exchange/card-process.ts';
import { CardProcessFault } from './errors.ts';

/**
 * Every record that was read is a card, excluded or held: the CDE process counts so before it seals, and the main
 * process adds up again what it was told. Throws `tally-wrong`.
 */
export function assertTally(
  tally: Pick<PrepareResult, 'read' | 'cards' | 'excluded' | 'held'>,
): void {
  const { read, cards, excluded, held } = tally;
  const counts = [...Object.values(excluded), ...Object.values(held)];
  if (read !== counts.reduce((sum, count) => sum + count, cards)) {
    throw new CardProcessFault('tally-wrong', { read, cards });
  }
}
