import { HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';
import type { EarlierBatch } from '../exchange/handoff/card-process.ts';
import { sortKey, wordsOf } from './hash-words.ts';

const rowWords = HASH_ROW_BYTES / 4;
/** Rows that share a bucket, about: what is read of them lies in one or two lines of the processor's memory. */
const bucketRows = 3;
const bucketsMax = 2 ** 26;

/**
 * The cards already handed off to one recipient in this incident: the rows of all batches, put together by the first
 * bits of their hashes, with the batch in place of the card's place. Two memory accesses a look-up, whatever the number
 * of batches; the rows that were given are not needed afterwards.
 *
 * Memory: 16 bytes a row, and 2 to 4 for the buckets.
 */
export class EarlierCards {
  /** Hash (three words) and owner of each row. */
  readonly #rows: Uint32Array;
  /** Where each bucket's rows begin; one more than there are buckets. */
  readonly #starts: Uint32Array;
  readonly #shift: number;
  #asked: Uint8Array | undefined;
  #askedWords = wordsOf(new Uint8Array(0));

  constructor(batches: readonly EarlierBatch[]) {
    const total = batches.reduce((sum, batch) => sum + batch.rows.length / HASH_ROW_BYTES, 0);
    const buckets = Math.min(bucketsMax, Math.max(2, total / bucketRows));
    const bits = Math.floor(Math.log2(buckets));
    this.#shift = 32 - bits;
    this.#starts = new Uint32Array(2 ** bits + 1);
    this.#rows = new Uint32Array(total * rowWords);
    const sources = batches.map(({ rows }) => wordsOf(rows));
    for (const words of sources) this.#count(words);
    for (let bucket = 1; bucket < this.#starts.length; bucket += 1) {
      this.#starts[bucket]! += this.#starts[bucket - 1]!;
    }
    // From the last to the first, each bucket filled from its end: so the oldest batch is found first.
    for (let owner = sources.length - 1; owner >= 0; owner -= 1) this.#put(sources[owner]!, owner);
  }

  /** Cards in them, each once. */
  get distinct(): number {
    let repeated = 0;
    const rows = this.#rows;
    for (let bucket = 0; bucket + 1 < this.#starts.length; bucket += 1) {
      const end = this.#starts[bucket + 1]! * rowWords;
      for (let row = this.#starts[bucket]! * rowWords; row < end; row += rowWords) {
        for (let next = row + rowWords; next < end; next += rowWords) {
          if (rows[row] !== rows[next] || rows[row + 1] !== rows[next + 1]) continue;
          if (rows[row + 2] !== rows[next + 2]) continue;
          repeated += 1;
          break;
        }
      }
    }
    return rows.length / rowWords - repeated;
  }

  /**
   * Which of the batches holds the hash at byte `at`, or -1; the first where several do. Throws RangeError for `hashes`
   * that do not lie on a whole word of memory, as those of this program do.
   */
  find(hashes: Uint8Array, at: number): number {
    if (hashes !== this.#asked) {
      if (hashes.byteOffset % 4 !== 0) throw new RangeError('hashes lie across words of memory');
      this.#asked = hashes;
      this.#askedWords = wordsOf(hashes);
    }
    const words = this.#askedWords;
    const word = at / 4;
    const first = words[word]!;
    const second = words[word + 1]!;
    const third = words[word + 2]!;
    const rows = this.#rows;
    const bucket = sortKey(first) >>> this.#shift;
    const end = this.#starts[bucket + 1]! * rowWords;
    for (let row = this.#starts[bucket]! * rowWords; row < end; row += rowWords) {
      if (rows[row] === first && rows[row + 1] === second && rows[row + 2] === third) {
        return rows[row + 3]!;
      }
    }
    return -1;
  }

  #count(words: Uint32Array): void {
    for (let row = 0; row < words.length; row += rowWords) {
      this.#starts[sortKey(words[row]!) >>> this.#shift]! += 1;
    }
  }

  /**
   * Turns each end into the bucket's start, one row at a time. Rows of a batch are sorted, so this goes through memory
   * in order.
   */
  #put(words: Uint32Array, owner: number): void {
    for (let row = words.length - rowWords; row >= 0; row -= rowWords) {
      const bucket = sortKey(words[row]!) >>> this.#shift;
      this.#starts[bucket]! -= 1;
      const at = this.#starts[bucket]! * rowWords;
      this.#rows[at] = words[row]!;
      this.#rows[at + 1] = words[row + 1]!;
      this.#rows[at + 2] = words[row + 2]!;
      this.#rows[at + 3] = owner;
    }
  }
}
