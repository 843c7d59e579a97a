import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import type { KeyedHasher } from '../domain/cards/keyed-hash.ts';
import { PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import { allocateMemory } from '../domain/intake/column-memory.ts';
import type { MerchantBook } from '../domain/intake/merchant-book.ts';
import { MERCHANT_MARK_BYTES } from '../domain/intake/record-rows.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';

/**
 * Keyed hashes of references under the incident's key, 12 bytes each in the order of the table: of the kind (the first
 * byte of a packed reference, which no packed card number has) and the text. So a later handoff recognises what was
 * handed over, and the same text as an order and as a member stays two. Of an incident that lists merchants, with a zero
 * byte and the id of its merchant behind it: an amendment may give merchants other places.
 */
export function hashReferences(
  hasher: KeyedHasher,
  cards: CardTable,
  references: ReferenceArena,
  merchants: MerchantBook | undefined,
): Uint8Array {
  const endings = merchants?.ids.map((id) => encoder.encode(`\0${id}`)) ?? [];
  const hashes = new Uint8Array(allocateMemory(cards.count * KEYED_HASH_BYTES));
  for (let place = 0; place < cards.count; place += 1) {
    const marked = references.bytesOf(cards.firstReference[place]!);
    const text = merchants === undefined ? marked : marked.subarray(0, -MERCHANT_MARK_BYTES);
    const whose = endings[merchants?.firstOf(place) ?? 0] ?? none;
    const message = new Uint8Array(1 + text.length + whose.length);
    message[0] = cards.packed[place * PACKED_PAN_BYTES]!;
    message.set(text, 1);
    message.set(whose, 1 + text.length);
    hashes.set(hasher.hashMessage(message), place * KEYED_HASH_BYTES);
  }
  return hashes;
}

const none = new Uint8Array(0);
const encoder = new TextEncoder();
