import type { PrepareResult } from '../exchange/handoff/card-process.ts';
import { CardProcessFault } from './errors.ts';

type Tally = Pick<PrepareResult, 'read' | 'cards' | 'excluded' | 'held' | 'merchants'>;

/**
 * Every record that was read is a card, excluded or held: the CDE process counts so before it seals, and the main
 * process adds up again what it was told; and every record is one merchant's, or of none. Throws `tally-wrong`.
 */
export function assertTally(tally: Tally): void {
  assertAddsUp(tally);
  const { read, cards, merchants } = tally;
  if (merchants === undefined) return;
  for (const merchant of merchants) assertAddsUp(merchant);
  if (merchants.reduce((sum, merchant) => sum + merchant.read, 0) !== read) {
    throw new CardProcessFault('tally-wrong', { read, cards });
  }
}

function assertAddsUp({ read, cards, excluded, held }: Omit<Tally, 'merchants'>): void {
  const counts = [...Object.values(excluded), ...Object.values(held)];
  if (read !== counts.reduce((sum, count) => sum + count, cards)) {
    throw new CardProcessFault('tally-wrong', { read, cards });
  }
}
