import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { scrub } from '../../../src/domain/cards/scrubber.ts';
import { between, brandSample, sampleBrands, seededRandom } from '../../support/seeded-cards.ts';

const PER_KIND = 200_000;
const PER_LINE = 1000;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

const digestOf = (n: number) => createHash('sha256').update(`digest ${n}`).digest();
const base32 = (bytes: Uint8Array, length: number) =>
  Array.from(bytes.subarray(0, length), (byte) => BASE32[byte & 31]).join('');
const uuid = (hex: string) =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );

/** What the project writes into logs, and what else looks like a row of digits. */
const kinds: readonly [string, (n: number) => string][] = [
  ['SHA-256 in hexadecimal', (n) => digestOf(n).toString('hex')],
  ['keyed hashes in hexadecimal', (n) => digestOf(n).toString('hex', 0, 12)],
  ['SHA-256 in base64', (n) => digestOf(n).toString('base64')],
  ['ids in base32', (n) => base32(digestOf(n), 13 + (n % 14))],
  ['UUIDs', (n) => uuid(digestOf(n).toString('hex', 0, 16))],
  ['digests as decimal numbers', (n) => BigInt(`0x${digestOf(n).toString('hex')}`).toString()],
  ['record references', (n) => String(digestOf(n).readUInt32BE() % 1e10).padStart(10, '0')],
];

describe('scrub()', () => {
  it.each(kinds)(`raises no alarm over ${PER_KIND} %s`, (_, make) => {
    let hits = 0;
    for (let done = 0; done < PER_KIND; done += PER_LINE) {
      const line = Array.from({ length: PER_LINE }, (_unused, i) => make(done + i)).join(', ');
      hits += scrub(line).hits;
    }

    expect(hits).toBe(0);
  });

  it('finds a card in any company, grouped in any way', () => {
    const rng = seededRandom(13);
    const around = ['', ' ', '"', "'", '(', '=', ':', '/', '、', 'カ', '\t', '\n', '|', '#'];
    const separators = [' ', '-', '\u3000', '－'];
    const missed: number[] = [];
    for (let round = 0; round < 20_000; round++) {
      const digits = brandSample(rng, sampleBrands[round % sampleBrands.length]!);
      if (digits.length < 13) continue;
      const separator = separators[between(rng, 0, separators.length - 1)]!;
      const card = Array.from(digits, String).reduce(
        (text, digit) => text + (text !== '' && rng() < 0.2 ? separator : '') + digit,
        '',
      );
      const side = () => around[between(rng, 0, around.length - 1)]!;
      const { text, hits } = scrub(`x${side() || ','}${card}${side()}`);
      if (hits !== 1 || text.includes(card)) missed.push(round);
    }

    expect(missed).toEqual([]);
  });
});
