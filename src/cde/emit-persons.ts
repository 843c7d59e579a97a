import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';
import { PERSON_ROW_BYTES } from '../domain/handoff/person-page.ts';
import type { ListedOrders } from '../domain/intake/listed-orders.ts';
import type { PersonBook } from '../domain/intake/person-book.ts';
import { PersonHasher } from '../domain/lookup/person-index.ts';
import { hashPages } from './hash-index.ts';
import { copyHash, wordsOf } from './hash-words.ts';
import { frameKind } from './frames.ts';
import type { RowsSink } from './outbound.ts';

/** What the index of persons is made of, once all sources are read. */
export interface PersonTask {
  readonly book: PersonBook;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Keyed hashes of the cards, or of the references in their place, in the order of their table. */
  readonly hashes: Uint8Array;
  readonly listed: Pick<ListedOrders, 'cardOf'>;
}

/** How many cards a person's name leads to. An order that counts where a list names its card counts for none without. */
export function countNamedCards({ book, listed }: Pick<PersonTask, 'book' | 'listed'>): number {
  const cards = new Set<number>();
  for (const entry of book.entries()) {
    if ('card' in entry) cards.add(entry.card);
    else if ('listed' in entry && listed.cardOf(entry.listed) >= 0) {
      cards.add(listed.cardOf(entry.listed));
    }
  }
  return cards.size;
}

/**
 * Sends the index of persons of a prepare, sorted by tag: of a person nothing leaves this process but tags. Memory: 68
 * bytes an entry.
 */
export async function emitPersons(sink: RowsSink, task: PersonTask): Promise<void> {
  const { tags, targets, count } = hashEntries(task);
  const order = Int32Array.from({ length: count }, (_, place) => place);
  let number = 0;
  for (const hashed of hashPages(tags.subarray(0, count * KEYED_HASH_BYTES), order)) {
    const rows = rowsOf(hashed, targets);
    await sink.sendRows(frameKind.personPage, { number }, rows);
    number += 1;
  }
}

const targetBytes = PERSON_ROW_BYTES - KEYED_HASH_BYTES;
const tagWords = KEYED_HASH_BYTES / 4;
const hashWords = HASH_ROW_BYTES / 4;
const personWords = PERSON_ROW_BYTES / 4;
const targetWords = targetBytes / 4;

function hashEntries({ book, key, hashes, listed }: PersonTask): {
  tags: Uint8Array;
  targets: Uint8Array;
  count: number;
} {
  const tags = new Uint8Array(book.count * KEYED_HASH_BYTES);
  const targets = new Uint8Array(book.count * targetBytes);
  const view = new DataView(targets.buffer);
  const hasher = new PersonHasher(key);
  let count = 0;
  for (const entry of book.entries()) {
    const card =
      'card' in entry ? entry.card : 'listed' in entry ? listed.cardOf(entry.listed) : -1;
    if ('listed' in entry && card < 0) continue;
    tags.set(hasher.tag(entry.text), count * KEYED_HASH_BYTES);
    const at = count * targetBytes;
    if ('reason' in entry) {
      view.setUint32(at, entry.windows, true);
      view.setUint32(at + KEYED_HASH_BYTES, entry.reason + 1, true);
    } else copyHash(hashes, card, targets, at);
    count += 1;
  }
  hasher.destroy();
  return { tags, targets, count };
}

/** Rows of the index for a page of tags, each with its place among the targets. Goes by words of four bytes, as these are aligned. */
function rowsOf(hashed: Uint8Array, targets: Uint8Array): Uint8Array {
  const [tags, aims] = [wordsOf(hashed), wordsOf(targets)];
  const rows = new Uint32Array((tags.length / hashWords) * personWords);
  for (let from = 0, to = 0; from < tags.length; from += hashWords, to += personWords) {
    for (let word = 0; word < tagWords; word += 1) rows[to + word] = tags[from + word]!;
    const target = tags[from + tagWords]! * targetWords;
    for (let word = 0; word < targetWords; word += 1) {
      rows[to + tagWords + word] = aims[target + word]!;
    }
  }
  return new Uint8Array(rows.buffer);
}
