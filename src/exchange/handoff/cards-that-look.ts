import { CARD_ROW_BYTES, looksAt } from '../../domain/handoff/card-page.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from './handoff-register.ts';

/** A card of a list that looks as one that is asked for; `looks` as `looksOf` has it. */
export interface LookingCard {
  readonly looks: number;
  readonly handoff: HandoffRow;
  readonly batch: BatchRow;
  readonly record: number;
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

function* lookingIn(
  { first, rows }: { readonly first: number; readonly rows: Uint8Array },
  wanted: ReadonlySet<number>,
): Generator<{ looks: number; place: number }> {
  for (let at = 0; at < rows.length; at += CARD_ROW_BYTES) {
    const looks = looksAt(rows, at);
    if (wanted.has(looks)) yield { looks, place: first + at / CARD_ROW_BYTES };
  }
}
