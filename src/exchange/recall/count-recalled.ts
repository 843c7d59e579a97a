import { renderTruncated } from '../../domain/cards/truncation.ts';
import { CARD_ROW_BYTES, readCardRow } from '../../domain/handoff/card-page.ts';
import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import type { BatchIssuer } from '../handoff/card-process.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';

/** Enough to recognise a mix-up, as in the review of a list. */
const sampleMax = 5;

/**
 * Cards of a batch that these runs name, by the issuers of the batch, with the truncated numbers of the first. Reads the
 * stored pages: whole numbers are kept nowhere.
 */
export async function countRecalled(
  handoffs: Pick<HandoffRegister, 'cardPages'>,
  batch: Pick<BatchRow, 'id' | 'issuers'>,
  runs: Uint8Array,
): Promise<readonly BatchIssuer[]> {
  const found = new Map<number, BatchIssuer>();
  for await (const { first, rows } of handoffs.cardPages(batch.id)) {
    for (let at = 0; at < rows.length / CARD_ROW_BYTES; at += 1) {
      if (!holdsPlace(runs, first + at)) continue;
      const { issuerIndex, truncatedAt } = readCardRow(rows, at);
      const { issuer, brand, country } = batch.issuers[issuerIndex]!;
      const { cards, sample } = found.get(issuerIndex) ?? { cards: 0, sample: [] };
      const shown =
        sample.length < sampleMax ? [...sample, renderTruncated(rows, truncatedAt)] : sample;
      found.set(issuerIndex, { issuer, brand, country, cards: cards + 1, sample: shown });
    }
  }
  return [...found.values()];
}
