import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { compareHashes, HASH_PAGE_ROWS, HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';

const hashWords = KEYED_HASH_BYTES / 4;
const rowWords = HASH_ROW_BYTES / 4;
/** Cards that share a bucket, about: few enough to be put in order by insertion. */
const bucketCards = 8;
const bucketsMax = 2 ** 22;

/**
 * The hash index of one batch: rows sorted by hash, in pages of one buffer that the next page overwrites.
 *
 * `order` holds the batch's cards in the order of the batch; a row is the hash of a card and its place in it.
 * Memory: 8.5 bytes a card and one page.
 */
export function* hashPages(hashes: Uint8Array, order: Int32Array): Generator<Uint8Array> {
  const words = wordsOf(hashes);
  const places = sortedPlaces(hashes, words, order);
  const page = new Uint8Array(Math.min(places.length, HASH_PAGE_ROWS) * HASH_ROW_BYTES);
  const rows = new Uint32Array(page.buffer);
  for (let first = 0; first < places.length; first += HASH_PAGE_ROWS) {
    const count = Math.min(HASH_PAGE_ROWS, places.length - first);
    writeRows(rows, words, order, places, first, count);
    yield page.subarray(0, count * HASH_ROW_BYTES);
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

/** Hashes are as good as random, so that equal first bits make equal buckets; each is then put in order by itself. */
function sortedPlaces(hashes: Uint8Array, words: Uint32Array, order: Int32Array): Uint32Array {
  const bits = bucketBits(order.length);
  const shift = 32 - bits;
  const ends = new Uint32Array(2 ** bits);
  for (let place = 0; place < order.length; place += 1) {
    ends[sortKey(words[order[place]! * hashWords]!) >>> shift]! += 1;
  }
  for (let bucket = 0, sum = 0; bucket < ends.length; bucket += 1) {
    const count = ends[bucket]!;
    ends[bucket] = sum;
    sum += count;
  }
  const places = new Uint32Array(order.length);
  const keys = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place += 1) {
    const key = sortKey(words[order[place]! * hashWords]!);
    const at = ends[key >>> shift]!++;
    keys[at] = key;
    places[at] = place;
  }
  insertInOrder(hashes, order, keys, places);
  return places;
}

/** One at least. */
function bucketBits(cards: number): number {
  const buckets = Math.min(bucketsMax, Math.max(2, cards / bucketCards));
  return Math.floor(Math.log2(buckets));
}

/** Nothing has far to go: only neighbours of one bucket can be out of order. */
function insertInOrder(
  hashes: Uint8Array,
  order: Int32Array,
  keys: Uint32Array,
  places: Uint32Array,
): void {
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i]!;
    if (keys[i - 1]! < key) continue;
    const place = places[i]!;
    let at = i;
    for (; at > 0 && keys[at - 1]! >= key; at -= 1) {
      if (keys[at - 1] === key && !isAfter(hashes, order[places[at - 1]!]!, order[place]!)) break;
      keys[at] = keys[at - 1]!;
      places[at] = places[at - 1]!;
    }
    keys[at] = key;
    places[at] = place;
  }
}

/** Whether the hash of one card sorts behind that of another. */
function isAfter(hashes: Uint8Array, left: number, right: number): boolean {
  return compareHashes(hashes, left * KEYED_HASH_BYTES, hashes, right * KEYED_HASH_BYTES) > 0;
}

function writeRows(
  rows: Uint32Array,
  words: Uint32Array,
  order: Int32Array,
  places: Uint32Array,
  first: number,
  count: number,
): void {
  for (let row = 0; row < count; row += 1) {
    const place = places[first + row]!;
    const from = order[place]! * hashWords;
    const at = row * rowWords;
    rows[at] = words[from]!;
    rows[at + 1] = words[from + 1]!;
    rows[at + 2] = words[from + 2]!;
    rows[at + 3] = place;
  }
}
