import { KEYED_HASH_BYTES } from '../cards/keyed-hash.ts';
import { compareHashes } from './card-page.ts';

/**
 * Layout of a row of the person index, little endian:
 *
 * | offset | bytes | field |
 * |---|---|---|
 * | 0 | 12 | tag: keyed blind index of a person (`PersonHasher`) |
 * | 12 | 12 | keyed hash of the card, or of the reference in its place; without a card 4 bytes of windows, one bit each, then 0 |
 * | 24 | 4 | 0 for a card; else the place of the reason, plus 1 |
 *
 * Rows are sorted by their tag. Several may have one tag: a person with several cards.
 */
export const PERSON_ROW_BYTES = 28;

/** Where a person leads: to a card, by its keyed hash, or to records in scope without one. */
export type PersonTarget =
  { readonly hash: Uint8Array } | { readonly reason: number; readonly windows: number };

/** Where the rows of a page with this tag lead. Throws RangeError for a page with a torn row. */
export function personTargets(rows: Uint8Array, tag: Uint8Array): PersonTarget[] {
  if (rows.length % PERSON_ROW_BYTES !== 0) throw new RangeError('torn page of persons');
  const found: PersonTarget[] = [];
  for (let at = 0; at < rows.length; at += PERSON_ROW_BYTES) {
    if (compareHashes(rows, at, tag, 0) === 0) found.push(targetAt(rows, at + KEYED_HASH_BYTES));
  }
  return found;
}

function targetAt(rows: Uint8Array, at: number): PersonTarget {
  const view = new DataView(rows.buffer, rows.byteOffset + at, KEYED_HASH_BYTES + 4);
  const reason = view.getUint32(KEYED_HASH_BYTES, true);
  if (reason === 0) return { hash: rows.slice(at, at + KEYED_HASH_BYTES) };
  return { reason: reason - 1, windows: view.getUint32(0, true) };
}

/** Whether the rows of a page, one at least, ascend by tag and begin at or behind the tag `after`. */
export function isInTagOrder(rows: Uint8Array, after?: Uint8Array): boolean {
  if (rows.length === 0 || rows.length % PERSON_ROW_BYTES !== 0) return false;
  if (after !== undefined && compareHashes(after, 0, rows, 0) > 0) return false;
  for (let at = PERSON_ROW_BYTES; at < rows.length; at += PERSON_ROW_BYTES) {
    if (compareHashes(rows, at - PERSON_ROW_BYTES, rows, at) > 0) return false;
  }
  return true;
}
