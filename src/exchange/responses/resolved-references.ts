import { brandIndexById } from '../../domain/cards/brands.ts';
import { ReferenceCursor } from '../../domain/handoff/reference-page.ts';
import type { ReferenceKind } from '../../domain/intake/source-kinds.ts';
import type { HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import type { ResponseRegister } from './response-register.ts';

/** What a person may be told of the card behind a reference. */
export interface ResolvedCard {
  readonly brandIndex: number;
  readonly lastFour: string;
}

/** By `resolvedKey`. */
export type ResolvedReferences = ReadonlyMap<string, ResolvedCard>;

/** `merchant`: its id, '' where the incident lists none. */
export function resolvedKey(kind: ReferenceKind, merchant: string, reference: string): string {
  return `${kind} ${merchant} ${reference}`;
}

/**
 * The cards that recipients found behind the references of these handoffs, given newest first: where several have a
 * reference, the newest answer counts. Handoffs of cards have none.
 */
export async function resolvedReferences(
  handoffs: Pick<HandoffRegister, 'batchesOf' | 'referencePages'>,
  responses: Pick<ResponseRegister, 'answersOf'>,
  rows: readonly HandoffRow[],
): Promise<ResolvedReferences> {
  const resolved = new Map<string, ResolvedCard>();
  for (const { id, report } of [...rows].reverse()) {
    if (report?.subject !== 'references') continue;
    const { first, cards } = await cardsByRecord(handoffs, responses, id);
    if (cards.size === 0) continue;
    const merchants = report.merchants?.map(({ merchant }) => merchant);
    let record = first;
    for await (const page of handoffs.referencePages(id)) {
      const cursor = new ReferenceCursor(page, merchants !== undefined);
      for (; cursor.next(); record += 1) {
        const card = cards.get(record);
        if (card === undefined || cursor.kind === undefined) continue;
        const reference = decoder.decode(cursor.text.subarray(0, cursor.length));
        const merchant = merchants?.[cursor.merchant] ?? '';
        resolved.set(resolvedKey(cursor.kind, merchant, reference), card);
      }
    }
  }
  return resolved;
}

/** Answers about all batches of a handoff, and the record reference with which its pages begin. */
async function cardsByRecord(
  handoffs: Pick<HandoffRegister, 'batchesOf'>,
  responses: Pick<ResponseRegister, 'answersOf'>,
  handoff: string,
): Promise<{ first: number; cards: ReadonlyMap<number, ResolvedCard> }> {
  const batches = await handoffs.batchesOf(handoff);
  const cards = new Map<number, ResolvedCard>();
  for (const { id } of batches) {
    for (const { record, card } of await responses.answersOf(id)) {
      if (card === undefined) continue;
      cards.set(record, { brandIndex: brandIndexById(card.brand), lastFour: card.lastFour });
    }
  }
  return { first: Math.min(...batches.map(({ firstReference }) => firstReference)), cards };
}

const decoder = new TextDecoder();
