import { brands } from '../../domain/cards/brands.ts';
import { ReferenceCursor } from '../../domain/handoff/reference-page.ts';
import type { SentBatch, SentReference } from '../../domain/responses/match-answer.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';

/**
 * The references of one batch with what the shop said of each. The pages of a handoff have those it handed over first,
 * in the order of their record references, batch after batch.
 */
export async function sentReferences(
  handoffs: Pick<HandoffRegister, 'batchesOf' | 'get' | 'referencePages'>,
  batch: BatchRow,
): Promise<SentBatch> {
  const firsts = (await handoffs.batchesOf(batch.handoff)).map(
    ({ firstReference }) => firstReference,
  );
  const before = batch.firstReference - Math.min(...firsts);
  const { report } = await handoffs.get(batch.handoff);
  const hasMerchants = report?.merchants !== undefined;
  const references: SentReference[] = [];
  let place = 0;
  for await (const page of handoffs.referencePages(batch.handoff)) {
    const cursor = new ReferenceCursor(page, hasMerchants);
    while (references.length < batch.cards && cursor.next()) {
      if (place >= before) {
        const { brandIndex, lastFour } = cursor;
        const brand = brandIndex === 0 ? '' : (brands[brandIndex]?.id ?? '');
        references.push({ brand, lastFour });
      }
      place += 1;
    }
  }
  return { firstReference: batch.firstReference, references };
}
