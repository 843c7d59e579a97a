import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hashPages } from '../../../src/cde/hash-index.ts';
import { KEYED_HASH_BYTES } from '../../../src/domain/cards/keyed-hash.ts';
import { HASH_PAGE_ROWS, HASH_ROW_BYTES } from '../../../src/domain/handoff/card-page.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

describe('hashPages()', () => {
  it('puts the same rows in order, however many it does at a time', () => {
    const shape = fc.record({
      seed: fc.integer(),
      count: fc.integer({ min: 0, max: 6_000 }),
      stretchRows: fc.integer({ min: 1, max: 7_000 }),
      pages: fc.integer({ min: 1, max: 3 }),
      /** Of few first bytes: parts of very different lengths. */
      firstBytes: fc.constantFrom(1, 2, 256),
    });
    fc.assert(
      fc.property(shape, ({ seed, count, stretchRows, pages, firstBytes }) => {
        const { hashes, order } = shuffled(seed, count, firstBytes);
        const made = [...copied(hashPages(hashes, order, pages, stretchRows))];
        const step = pages * HASH_PAGE_ROWS * HASH_ROW_BYTES;
        expect(made.slice(0, -1).every(({ length }) => length === step)).toBe(true);
        expect(Buffer.compare(Buffer.concat(made), sorted(hashes, order))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('holds memory for a quarter of a batch that is not small', () => {
    const count = 2 ** 23;
    const hashes = new Uint8Array(
      new Uint32Array(count * 3).map((_, at) => at * 0x9e37_79b1).buffer,
    );
    const [first] = hashPages(
      hashes,
      Int32Array.from({ length: count }, (_, place) => place),
    );
    expect(first!.buffer.byteLength).toBeLessThan(count * 4.1);
  });
});

function shuffled(seed: number, count: number, firstBytes: number) {
  const random = seededRandom(seed);
  const hashes = new Uint8Array(count * KEYED_HASH_BYTES);
  for (let at = 0; at < hashes.length; at += 1) {
    hashes[at] = Math.floor(random() * (at % KEYED_HASH_BYTES === 0 ? firstBytes : 256));
  }
  const order = Int32Array.from({ length: count }, (_, place) => place);
  for (let left = count - 1; left > 0; left -= 1) {
    const other = Math.floor(random() * (left + 1));
    [order[left], order[other]] = [order[other]!, order[left]!];
  }
  return { hashes, order };
}

/** A piece holds only until the next is asked for. */
function* copied(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const piece of pieces) yield piece.slice();
}

function sorted(hashes: Uint8Array, order: Int32Array): Buffer {
  const rows = [...order].map((card, place) => {
    const row = Buffer.alloc(HASH_ROW_BYTES);
    row.set(hashes.subarray(card * KEYED_HASH_BYTES, (card + 1) * KEYED_HASH_BYTES));
    row.writeUInt32LE(place, KEYED_HASH_BYTES);
    return row;
  });
  return Buffer.concat(rows.sort((a, b) => Buffer.compare(a, b)));
}
