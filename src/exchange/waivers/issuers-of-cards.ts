import { CARD_ROW_BYTES, readCardRow } from '../../domain/handoff/card-page.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { ListedCard } from './waiver-exceptions.ts';

/** The issuers of cards on these lists, by `listingKey`. Reads pages of the lists concerned. */
export async function issuersOfCards(
  handoffs: Pick<HandoffRegister, 'cardPages'>,
  lists: readonly BatchRow[],
  listed: readonly ListedCard[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { id, firstReference, issuers } of lists) {
    const places = new Set(
      listed.flatMap(({ batch, record }) => (batch === id ? [record - firstReference] : [])),
    );
    if (places.size === 0) continue;
    for await (const { first, rows } of handoffs.cardPages(id)) {
      for (let at = 0; at < rows.length / CARD_ROW_BYTES; at += 1) {
        if (!places.has(first + at)) continue;
        const { issuerIndex } = readCardRow(rows, at);
        const key = listingKey({ batch: id, record: firstReference + first + at });
        found.set(key, issuers[issuerIndex]?.issuer ?? '');
      }
    }
  }
  return found;
}

/** Names a listing. */
export function listingKey({ batch, record }: ListedCard): string {
  return `${batch} ${record}`;
}
