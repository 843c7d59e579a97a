import { describe, expect, it } from 'vitest';

import { RecordScanner } from '../../../src/domain/intake/scanner.ts';
import { lastRecordEnd } from '../../../src/domain/intake/segment-cut.ts';
import { between, seededRandom } from '../../support/seeded-cards.ts';

const cut = (text: string, quoting = true): number => {
  const bytes = new TextEncoder().encode(text);
  return lastRecordEnd(bytes, bytes.length, quoting);
};

describe('lastRecordEnd()', () => {
  it.each([
    ['a,b\nc,d\ne', 8],
    ['a,b\r\nc,d\r\n', 10],
    ['a\rb\rc', 4],
    ['a,"b\nc"\nd', 8],
    ['a,"b ""q""\nc"\nd,"x', 14],
    ['a\n"b\nc', 2],
  ])('cuts %j behind the last line end outside quotes: %i', (text, expected) => {
    expect(cut(text)).toBe(expected);
  });

  it.each([
    ['no line end', 'a,b,c'],
    ['only one inside quotes', '"a\nb'],
    ['a CR at the very end, to which an LF may belong', 'a,b\r'],
    ['nothing', ''],
  ])('finds no place in %s', (_what, text) => {
    expect(cut(text)).toBe(0);
  });

  it('takes quotes for text where lines have no quoting', () => {
    expect(cut('"4\n5', false)).toBe(3);
  });

  it('reads `length` bytes and none behind them', () => {
    const bytes = new TextEncoder().encode('a\nb\nc\n');
    expect(lastRecordEnd(bytes, 3, true)).toBe(2);
  });

  it('leaves no record in two parts: both together scan to the same records, on 5,000 texts', () => {
    for (let seed = 1; seed <= 5_000; seed++) {
      const text = makeText(seededRandom(seed));
      const at = cut(text);
      const [first, rest] = [text.slice(0, at), text.slice(at)];
      expect([...records(first), ...records(rest)]).toEqual(records(text));
    }
  });
});

/** Well-formed, ASCII. */
function makeText(rng: () => number): string {
  const fields = ['', 'a', '"b"', '"c\n"', '"d\r\n""x"""', '"\r"', '4'];
  const ends = ['\n', '\r\n', '\r', '\n\n'];
  const pick = (list: readonly string[]): string => list[between(rng, 0, list.length - 1)]!;
  return Array.from(
    { length: between(rng, 1, 12) },
    () => `${pick(fields)},${pick(fields)}${pick(ends)}`,
  ).join('');
}

function records(text: string): string[] {
  const scanner = new RecordScanner({ encoding: 'utf-8', delimiter: 0x2c, quoting: true });
  scanner.push(new TextEncoder().encode(text));
  scanner.end();
  const found: string[] = [];
  while (scanner.next()) {
    const fields = Array.from({ length: scanner.fieldCount }, (_, field) =>
      new TextDecoder().decode(scanner.bytes.slice(scanner.starts[field], scanner.ends[field])),
    );
    found.push(JSON.stringify(fields));
  }
  return found;
}
