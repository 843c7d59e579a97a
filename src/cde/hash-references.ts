import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import type { KeyedHasher } from '../domain/cards/keyed-hash.ts';
import { PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import type { CardTable } from '../domain/intake/card-table.ts';
import type { ReferenceArena } from '../domain/intake/reference-arena.ts';

/**
 * Keyed hashes of references under the incident's key, 12 bytes each in the order of the table: of the kind (the first
 * byte of a packed reference, which no packed card number has) and the text. So a later handoff recognises what was
 * handed over, and the same text as an order and as a member stays two.
 */
export function hashReferences(
  hasher: KeyedHasher,
  cards: CardTable,
  references: ReferenceArena,
): Uint8Array {
  const hashes = new Uint8Array(cards.count * KEYED_HASH_BYTES);
  for (let place = 0; place < cards.count; place += 1) {
    const text = references.bytesOf(cards.firstReference[place]!);
    const message = new Uint8Array(text.length + 1);
    message[0] = cards.packed[place * PACKED_PAN_BYTES]!;
    message.set(text, 1);
    hashes.set(hasher.hashMessage(message), place * KEYED_HASH_BYTES);
  }
  return hashes;
}
