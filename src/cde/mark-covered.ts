import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import { reasonIndex } from '../domain/intake/reasons.ts';
import type { EarlierBatch, PrepareJob } from '../exchange/card-process.ts';
import { EarlierCards } from './earlier-cards.ts';
import type { FindingBuffer } from './finding-buffer.ts';
import { frameKind } from './frames.ts';
import { copyHash } from './hash-index.ts';
import type { Outbound } from './outbound.ts';

const ALREADY_HANDED_OFF = reasonIndex('already-handed-off');

interface MarkingRoom {
  readonly job: PrepareJob;
  readonly cards: CardTable;
  readonly merchants: MerchantBook | undefined;
  readonly findings: FindingBuffer;
  readonly outbound: Outbound;
}

/** Marks cards that an earlier batch for the same recipient covers, and reports on which batches the plan relies. */
export async function markCovered(
  { job, cards, merchants, findings, outbound }: MarkingRoom,
  earlier: readonly EarlierBatch[],
  hashesOf: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const covered = new Uint8Array(cards.count);
  if (earlier.length === 0) return covered;
  const hashes = await hashesOf();
  for (const [recipient, { id }] of job.recipients.entries()) {
    const batches = earlier.filter((batch) => batch.recipient === id);
    if (batches.length === 0) continue;
    const known = new EarlierCards(batches);
    const hits = batches.map((): number[] => []);
    for (let card = 0; card < cards.count; card += 1) {
      if (cards.recipient[card] !== recipient) continue;
      const owner = known.find(hashes, card * KEYED_HASH_BYTES);
      if (owner < 0) continue;
      covered[card] = 1;
      hits[owner]!.push(card);
      merchants?.cover(card);
      const merchant = merchants === undefined ? 0 : merchants.firstOf(card);
      findings.finding(
        cards.firstSource[card]!,
        cards.firstLine[card]!,
        ALREADY_HANDED_OFF,
        merchant,
      );
    }
    for (const [owner, found] of hits.entries()) {
      if (found.length === 0) continue;
      const rows = new Uint8Array(found.length * KEYED_HASH_BYTES);
      for (const [index, card] of found.entries()) {
        copyHash(hashes, card, rows, index * KEYED_HASH_BYTES);
      }
      await outbound.sendRows(frameKind.reliedPage, { batch: batches[owner]!.batch }, rows);
    }
  }
  return covered;
}
