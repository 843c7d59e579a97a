import { CARD_ROW_BYTES } from '../../domain/handoff/card-page.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';

/** A card of a list that looks as one that is asked for. */
export interface LookingCard {
  readonly looks: number;
  readonly handoff: HandoffRow;
  readonly batch: BatchRow;
  readonly record: number;
}

/** Brand and last four digits, these two a byte: all that a handoff keeps of an order's card. */
export function looksOf(brandIndex: number, lastFour: number): number {
  return brandIndex * 0x1_0000 + lastFour;
}

/** Cards of these handoffs that look so; a card of several lists once for each. Memory: one page. */
export async function* cardsThatLook(
  handoffs: Pick<HandoffRegister, 'batchesOf' | 'cardPages'>,
  rows: readonly HandoffRow[],
  wanted: ReadonlySet<number>,
): AsyncGenerator<LookingCard> {
  if (wanted.size === 0) return;
  for (const handoff of rows) {
    for (const batch of await handoffs.batchesOf(handoff.id)) {
      if (batch.subject === 'references') continue;
      for await (const page of handoffs.cardPages(batch.id)) {
        for (const { looks, place } of lookingIn(page, wanted)) {
          yield { looks, handoff, batch, record: batch.firstReference + place };
        }
      }
    }
  }
}

/** Bytes 3 and 4 of a row are the last four digits, byte 8 is the brand. */
function* lookingIn(
  { first, rows }: { readonly first: number; readonly rows: Uint8Array },
  wanted: ReadonlySet<number>,
): Generator<{ looks: number; place: number }> {
  for (let at = 0; at < rows.length; at += CARD_ROW_BYTES) {
    const looks = looksOf(rows[at + 8]!, (rows[at + 3]! << 8) | rows[at + 4]!);
    if (wanted.has(looks)) yield { looks, place: first + at / CARD_ROW_BYTES };
  }
}
