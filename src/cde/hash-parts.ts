import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';
import { sortKey } from './hash-words.ts';

const hashWords = KEYED_HASH_BYTES / 4;
const rowWords = HASH_ROW_BYTES / 4;
/** Rows of a part, about: they lie in the cache of one core while they are put in order. */
const partRows = 2_048;
/** More parts than this would not be written to at the same time without waiting for memory. */
const partsMax = 2 ** 12;

/** Parts [from, to) of the hashes, and how many rows they have together. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/**
 * The rows of a hash index in parts by the first bits of their hashes, which are as good as random: parts of about
 * equal size, each put in order by itself, and only where it is wanted.
 */
export class HashParts {
  readonly #words: Uint32Array;
  readonly #order: Int32Array;
  readonly #bits: number;
  readonly #counts: Uint32Array;
  /** Room to sort the longest part. */
  readonly #scratch: Uint32Array;
  readonly #buckets: Uint32Array;

  /** `words` are hashes as `wordsOf` gives them, `order` the cards of the batch in its order. */
  constructor(words: Uint32Array, order: Int32Array) {
    this.#words = words;
    this.#order = order;
    this.#bits = bitsFor(Math.min(partsMax, order.length / partRows));
    this.#counts = countParts(words, order, this.#bits);
    const longest = this.#counts.reduce((most, count) => Math.max(most, count), 0);
    this.#scratch = new Uint32Array(longest * rowWords);
    this.#buckets = new Uint32Array(2 ** bitsFor(longest));
  }

  /** All parts in stretches of at most `rowsMax` rows, or of one part that is longer. */
  stretches(rowsMax: number): Stretch[] {
    const stretches: Stretch[] = [];
    let from = 0;
    let rows = 0;
    this.#counts.forEach((count, part) => {
      if (rows > 0 && rows + count > rowsMax) {
        stretches.push({ from, to: part, rows });
        from = part;
        rows = 0;
      }
      rows += count;
    });
    if (rows > 0) stretches.push({ from, to: this.#counts.length, rows });
    return stretches;
  }

  /** Writes the rows of a stretch in order, the first as row `start` of `into`. */
  write({ from, to }: Stretch, into: Uint32Array, start: number): void {
    const ends = this.#counts.slice(from, to);
    startsOf(ends, start);
    this.#place(from, ends, into);
    let first = start;
    for (const end of ends) {
      const part = into.subarray(first * rowWords, end * rowWords);
      sortPart(part, this.#bits, this.#scratch, this.#buckets);
      first = end;
    }
  }

  /**
   * Writes rows to their parts, of which `firstPart` is the first; `ends` says where each begins, and then where it ends.
   * The first word of a row is its sort key.
   */
  #place(firstPart: number, ends: Uint32Array, rows: Uint32Array): void {
    const words = this.#words;
    const order = this.#order;
    const shift = 32 - this.#bits;
    const parts = ends.length;
    const count = order.length;
    for (let place = 0; place < count; place += 1) {
      const from = order[place]! * hashWords;
      const key = sortKey(words[from]!);
      const part = (key >>> shift) - firstPart;
      if (part < 0 || part >= parts) continue;
      const row = ends[part]!;
      ends[part] = row + 1;
      const at = row * rowWords;
      rows[at] = key;
      rows[at + 1] = words[from + 1]!;
      rows[at + 2] = words[from + 2]!;
      rows[at + 3] = place;
    }
  }
}

function countParts(words: Uint32Array, order: Int32Array, bits: number): Uint32Array {
  const counts = new Uint32Array(2 ** bits);
  const shift = 32 - bits;
  const count = order.length;
  for (let place = 0; place < count; place += 1) {
    counts[sortKey(words[order[place]! * hashWords]!) >>> shift]! += 1;
  }
  return counts;
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

/** Turns counts into where each begins, the first at `start`. */
function startsOf(counts: Uint32Array, start = 0): void {
  for (let index = 0, sum = start; index < counts.length; index += 1) {
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
