import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { HASH_PAGE_ROWS, HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';

const hashWords = KEYED_HASH_BYTES / 4;
const rowWords = HASH_ROW_BYTES / 4;
/** Rows of a part, about: they lie in the cache of one core while they are put in order. */
const partRows = 2_048;
/** More parts than this would not be written to at the same time without waiting for memory. */
const partsMax = 2 ** 12;

/**
 * The hash index of one batch: rows sorted by hash, in pages that lie behind each other in one piece of memory, `pages`
 * at a time.
 *
 * `order` holds the batch's cards in the order of the batch; a row is the hash of a card and its place in it.
 * Memory: 16 bytes a card.
 */
export function* hashPages(
  hashes: Uint8Array,
  order: Int32Array,
  pages = 1,
): Generator<Uint8Array> {
  const rows = sortedRows(wordsOf(hashes), order);
  const step = pages * HASH_PAGE_ROWS;
  for (let first = 0; first < order.length; first += step) {
    const count = Math.min(step, order.length - first);
    yield new Uint8Array(rows.buffer, first * HASH_ROW_BYTES, count * HASH_ROW_BYTES);
  }
}

/** Writes the keyed hash of a card to `into` at byte `at`. */
export function copyHash(hashes: Uint8Array, card: number, into: Uint8Array, at: number): void {
  const from = card * KEYED_HASH_BYTES;
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) into[at + i] = hashes[from + i]!;
}

/** Hashes as numbers of four bytes, as they stand: three loads a hash instead of twelve. */
export function wordsOf(hashes: Uint8Array): Uint32Array {
  const aligned = hashes.byteOffset % 4 === 0 ? hashes : hashes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2);
}

/** The first four bytes of a hash as a number that sorts like them. Little-endian, as `bin/mimamori.mjs` makes sure. */
export function sortKey(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

/** Hashes are as good as random: equal first bits make parts of about equal size, each put in order by itself. */
function sortedRows(words: Uint32Array, order: Int32Array): Uint32Array {
  const bits = bitsFor(Math.min(partsMax, order.length / partRows));
  const { rows, ends } = partedRows(words, order, bits);
  const longest = ends.reduce((most, end, part) => Math.max(most, end - (ends[part - 1] ?? 0)), 0);
  const scratch = new Uint32Array(longest * rowWords);
  const buckets = new Uint32Array(2 ** bitsFor(longest));
  for (let part = 0, from = 0; part < ends.length; part += 1) {
    const end = ends[part]!;
    sortPart(rows.subarray(from * rowWords, end * rowWords), bits, scratch, buckets);
    from = end;
  }
  return rows;
}

/** Rows by the first `bits` of their hashes, and where each part ends. The first word of a row is its sort key. */
function partedRows(
  words: Uint32Array,
  order: Int32Array,
  bits: number,
): { rows: Uint32Array; ends: Uint32Array } {
  const shift = 32 - bits;
  const ends = new Uint32Array(2 ** bits);
  const count = order.length;
  for (let place = 0; place < count; place += 1) {
    ends[sortKey(words[order[place]! * hashWords]!) >>> shift]! += 1;
  }
  startsOf(ends);
  const rows = new Uint32Array(count * rowWords);
  for (let place = 0; place < count; place += 1) {
    const from = order[place]! * hashWords;
    const key = sortKey(words[from]!);
    const part = key >>> shift;
    const row = ends[part]!;
    ends[part] = row + 1;
    const at = row * rowWords;
    rows[at] = key;
    rows[at + 1] = words[from + 1]!;
    rows[at + 2] = words[from + 2]!;
    rows[at + 3] = place;
  }
  return { rows, ends };
}

/** Sorts the rows of a part, whose keys share their first `bits`, and turns keys into first words again. */
function sortPart(
  part: Uint32Array,
  bits: number,
  scratch: Uint32Array,
  buckets: Uint32Array,
): void {
  const shift = 32 - Math.log2(buckets.length);
  const words = part.length;
  buckets.fill(0);
  for (let at = 0; at < words; at += rowWords) buckets[(part[at]! << bits) >>> shift]! += 1;
  startsOf(buckets);
  for (let at = 0; at < words; at += rowWords) {
    const bucket = (part[at]! << bits) >>> shift;
    const row = buckets[bucket]!;
    buckets[bucket] = row + 1;
    copyRow(part, at, scratch, row * rowWords);
  }
  insertInOrder(scratch, words);
  for (let at = 0; at < words; at += rowWords) {
    copyRow(scratch, at, part, at);
    part[at] = sortKey(scratch[at]!);
  }
}

/** Turns counts into where each begins. */
function startsOf(counts: Uint32Array): void {
  for (let index = 0, sum = 0; index < counts.length; index += 1) {
    const count = counts[index]!;
    counts[index] = sum;
    sum += count;
  }
}

/** Bits that number so many parts or somewhat fewer; one at least. */
function bitsFor(parts: number): number {
  return Math.floor(Math.log2(Math.max(2, parts)));
}

/** Nothing has far to go: only neighbours of one bucket can be out of order. */
function insertInOrder(rows: Uint32Array, words: number): void {
  for (let next = rowWords; next < words; next += rowWords) {
    for (let at = next; at > 0 && isAfter(rows, at - rowWords, at); at -= rowWords) {
      swapRows(rows, at - rowWords, at);
    }
  }
}

/** Whether the row at word `left` sorts behind the one at `right`; the first words of both are sort keys. */
function isAfter(rows: Uint32Array, left: number, right: number): boolean {
  const difference = rows[left]! - rows[right]!;
  if (difference !== 0) return difference > 0;
  const second = sortKey(rows[left + 1]!) - sortKey(rows[right + 1]!);
  if (second !== 0) return second > 0;
  return sortKey(rows[left + 2]!) > sortKey(rows[right + 2]!);
}

function swapRows(rows: Uint32Array, left: number, right: number): void {
  for (let word = 0; word < rowWords; word += 1) {
    const kept = rows[left + word]!;
    rows[left + word] = rows[right + word]!;
    rows[right + word] = kept;
  }
}

function copyRow(from: Uint32Array, at: number, to: Uint32Array, place: number): void {
  to[place] = from[at]!;
  to[place + 1] = from[at + 1]!;
  to[place + 2] = from[at + 2]!;
  to[place + 3] = from[at + 3]!;
}
