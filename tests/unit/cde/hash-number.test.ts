import { Buffer } from 'node:buffer';

import { describe, expect, it } from 'vitest';

import { hashNumber } from '../../../src/cde/hash-number.ts';
import { readFirstLine } from '../../../src/cde/ask-number.ts';
import { KeyedHasher } from '../../../src/domain/cards/keyed-hash.ts';
import { PACKED_PAN_BYTES, packPan } from '../../../src/domain/cards/packed-pan.ts';
import type { KeyRing } from '../../../src/exchange/keys/key-ring.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

/** Gives the purpose back as a key, so that keys of incidents differ. */
const ring: KeyRing = {
  wrap: () => new Uint8Array(0),
  unwrap: (purpose, wrapped) => new Uint8Array(64).fill(purpose.length + wrapped[0]!, 0, 32),
  destroy: () => undefined,
};
const incidents = [
  { id: 'a', wrappedKey: '01' },
  { id: 'bb', wrappedKey: '07' },
];
const rng = seededRandom(77);
const digits = cardDigits(rng, { prefix: '400010' });
const text = digits.join('');
const line = (typed: string): Uint8Array => new Uint8Array(Buffer.from(typed));

function hashUnder(key: number): string {
  const packed = new Uint8Array(PACKED_PAN_BYTES);
  packPan(Uint8Array.from(digits, Number), digits.length, packed, 0);
  const hasher = new KeyedHasher(new Uint8Array(32).fill(key));
  return Buffer.from(hasher.hashAll(packed, 1)).toString('hex');
}

describe('hashNumber()', () => {
  const expected = {
    a: hashUnder('keyed-hash/a'.length + 1),
    bb: hashUnder('keyed-hash/bb'.length + 7),
  };

  it.each([
    ['plain', text],
    ['in groups', text.replaceAll(/(\d{4})(?=\d)/g, '$1 ')],
    ['with hyphens', text.replaceAll(/(\d{4})(?=\d)/g, '$1-')],
    ['full-width', text.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
  ])('hashes the same number under the key of each incident: %s', (_, typed) => {
    const given = line(typed);
    expect(hashNumber({ incidents }, ring, given).hashes).toEqual(expected);
    expect(given.every((byte) => byte === 0)).toBe(true);
  });

  it.each([
    ['empty', ''],
    ['masked', `${text.slice(0, 6)}******${text.slice(-4)}`],
    ['characters', `no ${text}`],
    ['characters', '4.0001E+15'],
    ['length', text.slice(0, 11)],
    ['length', `${text}00000`],
  ])('refuses what is no card number: %s', (reason, typed) => {
    const given = line(typed);
    let error: unknown;
    try {
      hashNumber({ incidents }, ring, given);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'lookup-number-unreadable', facts: { reason } });
    expect(JSON.stringify(error)).not.toContain(text.slice(6, 12));
    expect(given.every((byte) => byte === 0)).toBe(true);
  });
});

describe('hashNumber() of a number that was perhaps misheard', () => {
  it.each([
    ['length', cardDigits(rng, { prefix: '400010', length: 15 }).join('')],
    ['check-digit', `${text.slice(0, -1)}${(Number(text.at(-1)) + 1) % 10}`],
    [undefined, text],
  ])('hashes it, and says why one may doubt: %s', (doubt, typed) => {
    const found = hashNumber({ incidents }, ring, line(typed));
    expect(Object.keys(found.hashes)).toEqual(['a', 'bb']);
    expect(found.doubt).toBe(doubt);
  });
});

describe('readFirstLine()', () => {
  const of = async (...chunks: string[]): Promise<string> => {
    const stream = (async function* () {
      for (const chunk of chunks) yield await Promise.resolve(line(chunk));
    })();
    return Buffer.from(await readFirstLine(stream)).toString();
  };

  it('takes the first line, whatever the chunks and its end', async () => {
    expect(await of('12', '34\r\n56')).toBe('1234');
    expect(await of('1234\n', '56')).toBe('1234');
    expect(await of('1234')).toBe('1234');
    expect(await of()).toBe('');
  });

  it('cuts what is longer than a line can be', async () => {
    expect(await of('1'.repeat(900), '2'.repeat(900))).toBe('1'.repeat(900) + '2'.repeat(124));
  });
});
