import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cmac } from '../../../src/domain/cards/keyed-hash.ts';

interface CmacVector {
  readonly key: string;
  readonly message: string;
  readonly mac: string;
}

const groups = JSON.parse(
  readFileSync(new URL('aes-cmac.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly CmacVector[]>>;

describe.each(Object.entries(groups))('cmac() against %s', (_, vectors) => {
  it.each(vectors)('agrees on a message of $message.length hex digits', (vector) => {
    const mac = cmac(Buffer.from(vector.key, 'hex'), Buffer.from(vector.message, 'hex'));

    expect(Buffer.from(mac).toString('hex')).toBe(vector.mac);
  });

  it('gives another MAC when one bit of the message changes', () => {
    for (const { key, message, mac } of vectors.filter((vector) => vector.message !== '')) {
      const changed = Buffer.from(message, 'hex');
      changed[0]! ^= 1;

      expect(Buffer.from(cmac(Buffer.from(key, 'hex'), changed)).toString('hex')).not.toBe(mac);
    }
  });
});
