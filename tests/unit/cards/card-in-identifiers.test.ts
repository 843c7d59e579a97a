import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { holdsCardNumber } from '../../../src/domain/cards/card-in-bytes.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const card = cardDigits(seededRandom(63), { prefix: '490020' }).join('');
const [first, second, third, fourth] = card.match(/.{4}/g) as [string, string, string, string];
const holds = (text: string): boolean => holdsCardNumber(Buffer.from(text));

/** Each makes a line of 16 random bytes. */
const shapes: Readonly<Record<string, (bytes: Buffer) => string>> = {
  'digests in hex': (bytes) => bytes.toString('hex'),
  'lines of base64': (bytes) => bytes.toString('base64'),
  UUIDs: (bytes) =>
    bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  fingerprints: (bytes) => bytes.toString('hex').replace(/(.{4})(?=.)/g, '$1 '),
};

describe('holdsCardNumber() beside identifiers', () => {
  it('leaves a UUID alone whose first or last groups would be a number', () => {
    expect(holds(`${first}${second}-${third}-${fourth}-8abc-0123456789ab`)).toBe(false);
    expect(holds(`id=0123abcd-ef01-4abc-${first}-${second}${third}${fourth}.`)).toBe(false);
    expect(holds(`id=${first}${second}-${third}-${fourth}-8abc-0123456789ab`)).toBe(false);
  });

  it('leaves a fingerprint in groups of four alone, on one line or two', () => {
    const number = `${first} ${second} ${third} ${fourth}`;
    expect(holds(`AB01 ${number}  2345 6789 CDEF 0123 4567`)).toBe(false);
    expect(holds(`  AB01 2345 6789 ABCD ${first}\n  ${second} ${third} ${fourth} 0123 4567`)).toBe(
      false,
    );
    expect(holds(`AB01 2345 6789 CDEF 0123 4567 ${number}`)).toBe(false);
  });

  it('finds a number beside a digest, and four in a row', () => {
    expect(holds(`${card} ${'0a'.repeat(32)}`)).toBe(true);
    const number = `${first} ${second} ${third} ${fourth}`;
    expect(holds(`${number} ${number} ${number} ${number}`)).toBe(true);
    expect(holds(`${number} cafe beef`)).toBe(true);
    expect(holds(`${first}${second}-${third}-${fourth}-8abc-0123456789a`)).toBe(true);
  });

  it('leaves digests and ids alone that are digits but for a letter or two', () => {
    expect(holds(`a${card}b`)).toBe(false);
    expect(holds(`${card}a0`.padEnd(32, '0'))).toBe(false);
    expect(holds(`0x${card}`)).toBe(false);
    expect(holds(`${cardDigits(seededRandom(64), { prefix: '37', length: 15 }).join('')}e`)).toBe(
      false,
    );
    expect(holds(`xa${card}b`)).toBe(true);
  });

  it.each(Object.keys(shapes))('raises nothing over a quarter of a million %s', (shape) => {
    const line = shapes[shape]!;
    let alarms = 0;
    for (let block = 0; block < 50; block++) {
      const random = randomBytes(16 * 5000);
      const lines: string[] = [];
      for (let at = 0; at < random.length; at += 16) lines.push(line(random.subarray(at, at + 16)));
      if (holds(lines.join('\n'))) alarms += 1;
    }
    expect(alarms).toBe(0);
  });

  it('raises nothing over our example keys and schemas', () => {
    const files = ['keys.example', 'docs/schemas'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => holdsCardNumber(readFileSync(file)))).toEqual([]);
  });
});
