import { Buffer } from 'node:buffer';

import { describe, expect, it } from 'vitest';

import { readPersonLines } from '../../../src/cde/ask-person.ts';
import { hashPerson, type PersonLines } from '../../../src/cde/hash-person.ts';
import { LookupFault } from '../../../src/domain/lookup/errors.ts';
import type { KeyRing } from '../../../src/exchange/keys/key-ring.ts';

/** The purpose as a key for cards, and another one for persons. */
const ring: KeyRing = {
  wrap: () => new Uint8Array(0),
  unwrap: (purpose, wrapped) =>
    new Uint8Array(64).fill(purpose.length, 0, 32).fill(wrapped[0]!, 32),
  destroy: () => undefined,
};
const incidents = [
  { id: 'a', wrappedKey: '01' },
  { id: 'b', wrappedKey: '07' },
];
const linesOf = (name: string, detail: string, lastFour = ''): PersonLines => [
  new Uint8Array(Buffer.from(name)),
  new Uint8Array(Buffer.from(detail)),
  new Uint8Array(Buffer.from(lastFour)),
];
const tagsOf = (name: string, detail: string): Readonly<Record<string, string>> =>
  hashPerson({ incidents }, ring, linesOf(name, detail)).tags;

describe('hashPerson()', () => {
  it('knows one person however they are written, and no other', () => {
    const tags = tagsOf('渡辺 髙子', '060-0001');
    expect(tagsOf('渡邊高子 様', '〒０６０－０００１')).toEqual(tags);
    const others = [
      tagsOf('渡辺 髙子', '060-0002'),
      tagsOf('渡辺 高', '060-0001'),
      tagsOf('渡辺 高子', '090-1234-5678'),
    ].map(({ a }) => a);
    expect(new Set([tags['a'], tags['b'], ...others]).size).toBe(5);
    expect(tags['a']).toMatch(/^[0-9a-f]{24}$/);
  });

  it('zeroes what was typed, also when it is refused', () => {
    for (const lines of [linesOf('佐藤 花子', '060-0001', '1228'), linesOf('佐藤 花子', 'none')]) {
      try {
        hashPerson({ incidents }, ring, lines);
      } catch {
        // The second one is.
      }
      expect(lines.every((line) => line.every((byte) => byte === 0))).toBe(true);
    }
  });

  it('hands out the last four digits as they are compared', () => {
    const { lastFour } = hashPerson(
      { incidents },
      ring,
      linesOf('佐藤 花子', '0600001', ' １２２８'),
    );
    expect(lastFour).toBe('1228');
    expect(hashPerson({ incidents }, ring, linesOf('佐藤 花子', '0600001'))).not.toHaveProperty(
      'lastFour',
    );
  });

  it.each([
    ['empty', '', '060-0001', ''],
    ['empty', '佐', '060-0001', ''],
    ['name-only', '佐藤 花子', '', ''],
    ['name-only', '佐藤 花子', '  ', ''],
    ['detail', '佐藤 花子', '佐藤 花子', ''],
    ['detail', '佐藤 花子', '600001', ''],
    ['detail', '佐藤 花子', '000-0000', ''],
    ['detail', '佐藤 花子', '4000 1000 0000 0000', ''],
    ['characters', '佐藤\u0000花子', '060-0001', ''],
    ['characters', '佐藤 花子', '060\u001b0001', ''],
    ['characters', '4000 1000 0000 0000', '060-0001', ''],
    ['last-four', '佐藤 花子', '060-0001', '12'],
    ['last-four', '佐藤 花子', '060-0001', '4000100000000000'],
    ['too-long', '花'.repeat(134), '060-0001', ''],
    ['too-long', '佐藤 花子', '0'.repeat(401), ''],
  ])('refuses %s: %s, %s, %s', (reason, name, detail, lastFour) => {
    let error: unknown;
    try {
      hashPerson({ incidents }, ring, linesOf(name, detail, lastFour));
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(LookupFault);
    expect(error).toMatchObject({ code: 'lookup-person-unreadable', facts: { reason } });
  });

  it('refuses a key that is not two', () => {
    const short = { ...ring, unwrap: () => new Uint8Array(32) };
    const hash = (): unknown => hashPerson({ incidents }, short, linesOf('佐藤 花子', '0600001'));
    expect(hash).toThrow(expect.objectContaining({ code: 'wrapped-key-altered' }));
  });
});

async function* streamOf(pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const piece of pieces) yield new Uint8Array(Buffer.from(piece));
}

describe('readPersonLines()', () => {
  const read = async (...pieces: readonly string[]): Promise<string[]> => {
    const lines = await readPersonLines(streamOf(pieces));
    return lines.map((line) => Buffer.from(line).toString());
  };

  it('takes three lines however they are cut, LF or CRLF', async () => {
    const expected = ['佐藤 花子', '060-0001', '1228'];
    expect(await read('佐藤 花子\n060-0001\n1228\n')).toEqual(expected);
    expect(await read('佐藤 花', '子\r', '\n060-', '0001\r\n12', '28')).toEqual(expected);
  });

  it('leaves empty what is missing', async () => {
    expect(await read('佐藤 花子\n060-0001')).toEqual(['佐藤 花子', '060-0001', '']);
    expect(await read()).toEqual(['', '', '']);
  });

  it('holds no more than it needs of an endless line', async () => {
    const [first] = await read('a'.repeat(100_000));
    expect(first!.length).toBe(4_096);
  });
});
