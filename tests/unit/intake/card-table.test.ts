import { describe, expect, it } from 'vitest';

import { packPan } from '../../../src/domain/cards/packed-pan.ts';
import { ByteArena } from '../../../src/domain/intake/byte-arena.ts';
import { CardTable } from '../../../src/domain/intake/card-table.ts';
import { hashBytes } from '../../../src/domain/intake/hash-slots.ts';
import { ReferenceArena } from '../../../src/domain/intake/reference-arena.ts';
import { between, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

function packed(digits: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(10);
  packPan(digits, digits.length, bytes, 0);
  return bytes;
}

describe('CardTable', () => {
  it('gives each distinct card one place, in input order, through many doublings', () => {
    const rng = seededRandom(1);
    const table = new CardTable();
    const places = new Map<string, number>();
    for (let i = 0; i < 30_000; i++) {
      const length = between(rng, 12, 19);
      const digits = cardDigits(rng, { prefix: '4'.repeat(between(rng, 1, length - 3)), length });
      const key = digits.join('');
      const place = table.add(packed(digits));
      const expected = places.get(key) ?? places.size;
      // Plain comparisons: an assertion library is too slow for so many.
      if (table.wasNew === places.has(key) || place !== expected)
        expect([i, place]).toEqual([i, expected]);
      if (!table.wasNew) continue;
      places.set(key, place);
      table.firstLine[place] = i;
      table.lastSeen[place] = i;
    }
    expect(table.count).toBe(places.size);
    expect(table.count).toBeLessThan(30_000);
    for (const [key, place] of places) {
      const found = table.packed.subarray(place * 10, place * 10 + 10).join();
      const isKept = found === packed(Uint8Array.from(key, Number)).join();
      if (!isKept || table.firstLine[place] !== table.lastSeen[place]) expect(found).toBe(key);
    }
  });

  it('tells numbers apart that differ in length only', () => {
    const table = new CardTable();
    expect(table.add(packed(Uint8Array.of(4, 1, 1, 1)))).toBe(0);
    expect(table.add(packed(Uint8Array.of(4, 1, 1, 1, 0)))).toBe(1);
  });

  it('starts a card without moment and reference', () => {
    const table = new CardTable();
    const card = table.add(packed(Uint8Array.of(4, 1)));
    expect([table.firstSeen[card], table.lastSeen[card], table.firstReference[card]]).toEqual([
      NaN,
      NaN,
      -1,
    ]);
  });

  it('leaves no byte behind when wiped', () => {
    const table = new CardTable();
    for (let i = 0; i < 3_000; i++) table.add(packed(cardDigits(seededRandom(i))));
    const columns = [table.packed, table.firstLine, table.firstSeen, table.firstReference];
    table.wipe();
    for (const column of columns) expect([...column].every((value) => value === 0)).toBe(true);
    expect(table.count).toBe(0);
    table.add(packed(Uint8Array.of(4, 1)));
    expect(table.wasNew).toBe(true);
  });
});

describe('ByteArena', () => {
  it('numbers distinct sequences and finds them again', () => {
    const rng = seededRandom(2);
    const arena = new ByteArena();
    const numbers = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const text = `A-${between(rng, 1, 9_000)}${'x'.repeat(between(rng, 0, 2))}`;
      const bytes = new TextEncoder().encode(`..${text}..`);
      const number = arena.intern(bytes, 2, bytes.length - 2);
      const expected = numbers.get(text) ?? numbers.size;
      if (arena.wasNew === numbers.has(text) || number !== expected) expect(number).toBe(expected);
      numbers.set(text, number);
    }
    expect(arena.count).toBe(numbers.size);
    for (const [text, number] of numbers) {
      const found = new TextDecoder().decode(arena.bytesOf(number));
      if (found !== text) expect(found).toBe(text);
    }
  });

  it.each([
    ['rise', (n: number) => n],
    ['fall', (n: number) => 40_000 - n],
    ['rise and come again a while later', (n: number) => (n % 50 === 49 ? n - (n % 400) : n)],
    ['come again more often than they rise', (n: number) => (n % 3 === 0 ? n : n >> 1)],
    ['rise and are broken late', (n: number) => (n < 15_000 ? 10 * n : 10 * (n - 9_000) + 5)],
    ['rise from nothing and fall', (n: number) => Math.min(2 * n, 30_001 - n)],
  ])('numbers sequences that %s', (_how, valueOf) => {
    const arena = new ByteArena();
    const numbers = new Map<string, number>();
    const textOf = (n: number): Uint8Array => new TextEncoder().encode(`${valueOf(n)}`);
    for (let n = 0; n < 20_000; n++) {
      const bytes = textOf(n);
      const text = String(valueOf(n));
      const known = numbers.get(text);
      const found = arena.find(bytes, 0, bytes.length);
      const number = arena.intern(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
      const expected = [known ?? -1, known ?? numbers.size, known === undefined];
      if (found !== expected[0] || number !== expected[1] || arena.wasNew !== expected[2]) {
        expect([n, found, number, arena.wasNew]).toEqual([n, ...expected]);
      }
      numbers.set(text, number);
      if (n === 9_000) arena.reserve(25_000);
    }
    expect(arena.count).toBe(numbers.size);
    for (const [text, number] of numbers) {
      const kept = new TextDecoder().decode(arena.bytesOf(number));
      if (kept !== text) expect(kept).toBe(text);
      const bytes = new TextEncoder().encode(text);
      if (arena.find(bytes, 0, bytes.length) !== number) expect(text).toBe('found again');
    }
  });

  it('knows the empty sequence, and what it never took', () => {
    const arena = new ByteArena();
    expect(arena.find(new Uint8Array(0), 0, 0)).toBe(-1);
    expect(arena.intern(new Uint8Array(0), 0, 0)).toBe(0);
    expect(arena.find(new Uint8Array(0), 0, 0)).toBe(0);
    expect(arena.find(Uint8Array.of(1), 0, 1)).toBe(-1);
  });

  it('keeps what doubling brought where less is foreseen', () => {
    const arena = new ByteArena();
    const text = (n: number): Uint8Array => new TextEncoder().encode(String(n).padStart(10, '0'));
    for (let n = 0; n < 16_000; n++) arena.intern(text(n), 0, 10);
    arena.reserve(17_850);
    for (let n = 0; n < 20_000; n++) expect(arena.intern(text(n), 0, 10)).toBe(n);
    expect(arena.count).toBe(20_000);
  });

  it('grows for one long sequence', () => {
    const arena = new ByteArena();
    const long = new Uint8Array(1_000_000).fill(7);
    arena.intern(long, 0, long.length);
    expect(Buffer.compare(arena.bytesOf(0), long)).toBe(0);
  });
});

describe('ReferenceArena', () => {
  it('lists the distinct references of each card in the order they came', () => {
    const rng = seededRandom(3);
    const cards = new CardTable();
    const arena = new ReferenceArena();
    const expected = new Map<number, string[]>();
    for (let i = 0; i < 20_000; i++) {
      const card = cards.add(packed(Uint8Array.from(String(1_000 + between(rng, 0, 900)), Number)));
      const text = `R${between(rng, 0, 40)}`;
      const bytes = new TextEncoder().encode(text);
      arena.link(cards, card, arena.intern(bytes, 0, bytes.length));
      const list = expected.get(card) ?? [];
      if (!list.includes(text)) list.push(text);
      expected.set(card, list);
    }
    expect(arena.count).toBe(41);
    for (const [card, list] of expected) {
      const found = arena
        .listOf(cards, card)
        .map((number) => new TextDecoder().decode(arena.bytesOf(number)));
      expect(found).toEqual(list);
      expect(cards.references[card]).toBe(list.length);
    }
  });

  it('lists nothing for a card without references', () => {
    const cards = new CardTable();
    const card = cards.add(packed(Uint8Array.of(4, 1)));
    expect(new ReferenceArena().listOf(cards, card)).toEqual([]);
  });
});
